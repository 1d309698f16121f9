package io.webchat.redis.internal.client;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Logs the outages of one server: one line when it is lost, and one line when it answers again. All connections to the
 * server share this log, so a restart of Redis does not print a line for each of them. Safe for use by many threads.
 */
public final class OutageLog {
    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    private volatile boolean down;
    private long lostAt = System.nanoTime();

    /**
     * A connection was lost, or an attempt to connect failed.
     *
     * @param connection the lost connection; null if there was none
     */
    public void lost(@Nullable ServerConnection connection, Throwable why) {
        if (isNew(connection)) {
            report(connection, why);
        }
        log.debug("no connection to Redis, because of", why);
    }

    /** A connection older than the last outage is lost because of that outage, even if it notices later. */
    private synchronized boolean isNew(@Nullable ServerConnection connection) {
        if (down || (connection != null && connection.connectedAt() - lostAt < 0)) {
            return false;
        }
        down = true;
        lostAt = System.nanoTime();
        return true;
    }

    private static void report(@Nullable ServerConnection connection, Throwable why) {
        if (!(why instanceof JedisException)) {
            log.error("unexpected failure of a connection to Redis; reconnecting", why);
        } else if (connection == null) {
            log.warn("{}; retrying", ConnectionDiagnosis.describe(why));
        } else {
            String reason = ConnectionDiagnosis.reason(why);
            log.warn("lost the connection to Redis at {}: {}; reconnecting", connection.server(), reason);
        }
    }

    /** The server answered over this connection. */
    public void answered(ServerConnection connection) {
        if (down && isEnd(connection)) {
            log.info("Redis at {} answers again", connection.server());
        }
    }

    private synchronized boolean isEnd(ServerConnection connection) {
        boolean end = down && connection.connectedAt() - lostAt >= 0;
        down &= !end;
        return end;
    }
}
