package io.webchat.socketio.internal.http;

import io.webchat.core.spi.support.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which origin was refused. A browser shows its user no reason, so the log is the only place where a
 * forgotten origin has a name. Safe for use by many threads.
 */
final class RefusedOriginLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedOriginLog.class);
    private static final int MAX_LENGTH = 200;

    private final LogThrottle throttle = new LogThrottle();

    /** Logs the origin unless there was a line a moment ago. */
    void refused(@Nullable String origin) {
        if (origin != null && throttle.permits()) {
            String shown = origin.length() > MAX_LENGTH ? origin.substring(0, MAX_LENGTH) + "…" : origin;
            LOG.warn(
                    "Refused a page of the origin {}: if it is yours, add it to allowedOrigins, which is --cors-origin"
                            + " of the bundled server and webchat.allowed-origins in Spring Boot",
                    shown);
        }
    }
}
