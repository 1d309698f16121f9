package io.webchat.dynamo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a {@link DynamoConfig}. Not for use by several threads. */
public final class DynamoConfigBuilder {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    String table;

    @Nullable
    Duration retention;

    Duration groupCommit = Duration.ofMillis(3);
    int batches = 8;
    Duration flushInterval = Duration.ofSeconds(1);
    Duration requestTimeout = Duration.ofSeconds(3);
    Duration writeTimeout = Duration.ofSeconds(5);
    int maxWaiting = 16_384;
    long maxWaitingBytes = 32L << 20;

    DynamoConfigBuilder(String table) {
        this.table = table;
    }

    /** How long messages are kept: 1 minute or more. Without it they are kept for ever. */
    public DynamoConfigBuilder retention(Duration value) {
        retention = value;
        return this;
    }

    /** How long a message waits for others that are written with it; 0 to 100 ms, default 3 ms. */
    public DynamoConfigBuilder groupCommit(Duration value) {
        groupCommit = value;
        return this;
    }

    /** How many batches of up to 25 messages are under way at once; 1 to 64, default 8. */
    public DynamoConfigBuilder batches(int value) {
        batches = value;
        return this;
    }

    /**
     * After how long watermarks, and the last message of a busy conversation, are written at the latest; 10 ms to 1
     * min, default 1 s. Longer is cheaper, and more is lost when a node dies without {@code close}.
     */
    public DynamoConfigBuilder flushInterval(Duration value) {
        flushInterval = value;
        return this;
    }

    /** When a request that has no answer fails with {@code unavailable}; 10 ms to 1 min, default 3 s. */
    public DynamoConfigBuilder requestTimeout(Duration value) {
        requestTimeout = value;
        return this;
    }

    /** For how long a message that DynamoDB throttles is tried again; 10 ms to 1 min, default 5 s. */
    public DynamoConfigBuilder writeTimeout(Duration value) {
        writeTimeout = value;
        return this;
    }

    /** How many writes, and how many bytes of these, may wait; default 16 384 and 32 MiB. */
    public DynamoConfigBuilder maxWaiting(int writes, long bytes) {
        maxWaiting = writes;
        maxWaitingBytes = bytes;
        return this;
    }

    /**
     * Checks everything and makes the configuration.
     *
     * @throws IllegalArgumentException naming every fault
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
        return new DynamoConfig(this);
    }

    private static void range(List<String> faults, String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            faults.add(name + " must be " + min.toMillis() + " ms to " + max.toMillis() + " ms");
        }
    }
}
