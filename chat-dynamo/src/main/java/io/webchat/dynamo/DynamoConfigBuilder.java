package io.webchat.dynamo;

import io.webchat.dynamo.internal.table.TableOutageLog;
import io.webchat.dynamo.internal.table.TableSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds a {@link DynamoConfig}. Not safe for use by several threads. */
public final class DynamoConfigBuilder {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    private final String table;
    private @Nullable Duration retention;
    private Duration groupCommit = Duration.ofMillis(3);
    private int batches = 8;
    private Duration flushInterval = Duration.ofSeconds(1);
    private Duration requestTimeout = Duration.ofSeconds(3);
    private Duration writeTimeout = Duration.ofSeconds(5);
    private int maxWaiting = 16_384;
    private long maxWaitingBytes = 32L << 20;

    DynamoConfigBuilder(String table) {
        this.table = table;
    }

    /** How long messages are kept: 1 minute or more. By default they are kept for ever. */
    public DynamoConfigBuilder retention(Duration value) {
        retention = value;
        return this;
    }

    /** How long a message waits for others that are written with it; 0 to 100 ms, default 3 ms. */
    public DynamoConfigBuilder groupCommit(Duration value) {
        groupCommit = value;
        return this;
    }

    /** The largest number of batches of up to 25 messages in flight; 1 to 64, default 8. */
    public DynamoConfigBuilder batches(int value) {
        batches = value;
        return this;
    }

    /**
     * The longest time until watermarks and the last message of a busy conversation are written; 10 ms to 1 min,
     * default 1 s. A longer interval costs less, but a node that dies without {@code close} loses more.
     */
    public DynamoConfigBuilder flushInterval(Duration value) {
        flushInterval = value;
        return this;
    }

    /** The timeout of one request, which then fails with {@code unavailable}; 10 ms to 1 min, default 3 s. */
    public DynamoConfigBuilder requestTimeout(Duration value) {
        requestTimeout = value;
        return this;
    }

    /** How long a throttled write is retried; 10 ms to 1 min, default 5 s. */
    public DynamoConfigBuilder writeTimeout(Duration value) {
        writeTimeout = value;
        return this;
    }

    /** The largest number of writes that wait, and their size in bytes; default 16 384 and 32 MiB. */
    public DynamoConfigBuilder maxWaiting(int writes, long bytes) {
        maxWaiting = writes;
        maxWaitingBytes = bytes;
        return this;
    }

    /**
     * Checks all values and builds the configuration.
     *
     * @throws IllegalArgumentException with a message that names every fault
     */
    public DynamoConfig build() {
        List<String> faults = new ArrayList<>();
        if (!TABLE.matcher(table).matches()) {
            faults.add("the table must match " + TABLE.pattern());
        }
        if (retention != null && retention.compareTo(Duration.ofMinutes(1)) < 0) {
            faults.add("retention must be 1 minute or more");
        }
        range(faults, "groupCommit", groupCommit, Duration.ZERO, Duration.ofMillis(100));
        range(faults, "flushInterval", flushInterval, Duration.ofMillis(10), MAX_TIMEOUT);
        range(faults, "requestTimeout", requestTimeout, Duration.ofMillis(10), MAX_TIMEOUT);
        range(faults, "writeTimeout", writeTimeout, Duration.ofMillis(10), MAX_TIMEOUT);
        if (batches < 1 || batches > 64) {
            faults.add("batches must be 1 to 64");
        }
        if (maxWaiting < 1 || maxWaitingBytes < 1) {
            faults.add("maxWaiting must be 1 or more, of writes and of bytes");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new DynamoConfig(new TableSettings(
                table,
                retention,
                groupCommit,
                batches,
                flushInterval,
                requestTimeout,
                writeTimeout,
                maxWaiting,
                maxWaitingBytes,
                new TableOutageLog(table)));
    }

    private static void range(List<String> faults, String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            faults.add(name + " must be " + min.toMillis() + " ms to " + max.toMillis() + " ms");
        }
    }
}
