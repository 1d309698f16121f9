package io.webchat.dynamo.internal.table;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that the table cannot be used, and that it can again. In an outage every request fails, so this logs one line at
 * its start, one per minute while it lasts, and one when requests have succeeded for a while.
 */
public final class TableOutageLog {
    private static final Logger log = LoggerFactory.getLogger(TableOutageLog.class);
    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    /** The time without a failure after which an outage has ended. */
    static final Duration QUIET = Duration.ofSeconds(2);

    private final String table;
    private final LongSupplier nanoTime;

    /** Written under the monitor of this. */
    private volatile boolean failing;
    /** The time of the last failure. Guarded by this. */
    private long failedAt;
    /** The time of the last line about a failure. Guarded by this. */
    private long loggedAt;

    /** A log of the requests to this table. */
    public TableOutageLog(String table) {
        this(table, System::nanoTime);
    }

    TableOutageLog(String table, LongSupplier nanoTime) {
        this.table = table;
        this.nanoTime = nanoTime;
    }

    /** A request failed. */
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
        log.warn("the DynamoDB table {} cannot be used: {}; requests fail until it can", table, failure.getMessage());
    }

    /** A request succeeded. */
    void succeeded() {
        if (!failing) {
            return;
        }
        synchronized (this) {
            if (!failing || nanoTime.getAsLong() - failedAt < QUIET.toNanos()) {
                return;
            }
            failing = false;
        }
        log.info("the DynamoDB table {} can be used again", table);
    }
}
