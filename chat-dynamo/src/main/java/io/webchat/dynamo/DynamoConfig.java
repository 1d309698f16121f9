package io.webchat.dynamo;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the adapters use their table. Immutable; {@link #builder} makes it. */
public final class DynamoConfig {
    private final String table;
    private final @Nullable Duration retention;
    private final Duration groupCommit;
    private final int batches;
    private final Duration flushInterval;
    private final Duration requestTimeout;
    private final Duration writeTimeout;
    private final int maxWaiting;
    private final long maxWaitingBytes;

    DynamoConfig(DynamoConfigBuilder from) {
        table = from.table;
        retention = from.retention;
        groupCommit = from.groupCommit;
        batches = from.batches;
        flushInterval = from.flushInterval;
        requestTimeout = from.requestTimeout;
        writeTimeout = from.writeTimeout;
        maxWaiting = from.maxWaiting;
        maxWaitingBytes = from.maxWaitingBytes;
    }

    /**
     * The defaults for this table.
     *
     * @throws IllegalArgumentException where this is no name for a table
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
        return table;
    }

    /** How long messages are kept; empty for ever. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }

    /** How long a write waits for company. */
    public Duration groupCommit() {
        return groupCommit;
    }

    /** How many batches of writes are under way at once. */
    public int batches() {
        return batches;
    }

    /** After how long watermarks and lists of conversations are written at the latest. */
    public Duration flushInterval() {
        return flushInterval;
    }

    /** When a request that has no answer fails, the SDK's own retries included. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** For how long a write that DynamoDB throttles is tried. */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /** How many writes may wait. */
    public int maxWaiting() {
        return maxWaiting;
    }

    /** How many bytes of these. */
    public long maxWaitingBytes() {
        return maxWaitingBytes;
    }
}
