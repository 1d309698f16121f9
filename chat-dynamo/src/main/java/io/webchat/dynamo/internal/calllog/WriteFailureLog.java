package io.webchat.dynamo.internal.calllog;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that watermarks cannot be written, and that they can again. In an outage every entry fails, so this logs one
 * line at its start, one per minute while it lasts, and one when writes have succeeded for a while.
 */
final class WriteFailureLog {
    private static final Logger log = LoggerFactory.getLogger(WriteFailureLog.class);
    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    private final String table;
    private final long quietNanos;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private boolean failing;
    /** The time of the last failure. Guarded by this. */
    private long failedAt;
    /** The time of the last line about a failure. Guarded by this. */
    private long loggedAt;

    /**
     * A log for writes to this table.
     *
     * @param quiet the time without a failure after which an outage has ended
     */
    WriteFailureLog(String table, Duration quiet, LongSupplier nanoTime) {
        this.table = table;
        this.quietNanos = quiet.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A write failed and will be retried. */
    void failed(Throwable failure) {
        long now = nanoTime.getAsLong();
        synchronized (this) {
            boolean isLogged = failing && now - loggedAt < REPEAT_NANOS;
            failing = true;
            failedAt = now;
            if (isLogged) {
                return;
            }
            loggedAt = now;
        }
        log.warn("cannot write watermarks to the DynamoDB table {}: {}; retrying", table, failure.getMessage());
    }

    /** A write succeeded. */
    void succeeded() {
        synchronized (this) {
            if (!failing || nanoTime.getAsLong() - failedAt < quietNanos) {
                return;
            }
            failing = false;
        }
        log.info("watermarks are written to the DynamoDB table {} again", table);
    }
}
