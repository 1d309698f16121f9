package io.webchat.dynamo;

import io.webchat.dynamo.internal.table.TableSettings;
import java.time.Duration;
import java.util.Optional;

/** How the adapters use their table. Immutable; {@link #builder} creates it. */
public final class DynamoConfig {
    private final TableSettings settings;

    DynamoConfig(TableSettings settings) {
        this.settings = settings;
    }

    /**
     * The defaults for this table.
     *
     * @throws IllegalArgumentException if this is not a valid table name
     */
    public static DynamoConfig of(String table) {
        return builder(table).build();
    }

    /** Changes the defaults for this table. */
    public static DynamoConfigBuilder builder(String table) {
        return new DynamoConfigBuilder(table);
    }

    /** The table's name. */
    public String table() {
        return settings.table();
    }

    /** How long messages are kept; empty means for ever. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(settings.retention());
    }

    /** How long a message waits for others that are written with it. */
    public Duration groupCommit() {
        return settings.groupCommit();
    }

    /** The largest number of batches in flight. */
    public int batches() {
        return settings.batches();
    }

    /** The longest time until watermarks and lists of conversations are written. */
    public Duration flushInterval() {
        return settings.flushInterval();
    }

    /** The timeout of one request, retries of the SDK included. */
    public Duration requestTimeout() {
        return settings.requestTimeout();
    }

    /** How long a throttled write is retried. */
    public Duration writeTimeout() {
        return settings.writeTimeout();
    }

    /** The largest number of writes that wait. */
    public int maxWaiting() {
        return settings.maxWaiting();
    }

    /** The largest size of the writes that wait, in bytes. */
    public long maxWaitingBytes() {
        return settings.maxWaitingBytes();
    }

    TableSettings settings() {
        return settings;
    }
}
