package io.webchat.socketio.internal.http;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which origin was refused. A browser shows its user no reason, so the log is the only place where a
 * forgotten origin has a name. Each origin is named once, and only the first few: a stranger can invent origins without
 * end. Safe for use by many threads.
 */
final class RefusedOriginLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedOriginLog.class);
    private static final int MAX_LENGTH = 200;

    static final int MAX_ORIGINS = 20;

    /** Guarded by itself. */
    private final Set<String> named = new HashSet<>();

    /** Logs the origin unless it was logged before. */
    void refused(@Nullable String origin) {
        if (origin == null) {
            return;
        }
        String shown = origin.length() > MAX_LENGTH ? origin.substring(0, MAX_LENGTH) + "…" : origin;
        if (isNew(shown)) {
            LOG.warn(
                    "Refused a page of the origin {}: if it is yours, add it to allowedOrigins, which is --cors-origin"
                            + " of the bundled server and webchat.allowed-origins in Spring Boot",
                    shown);
        }
    }

    private boolean isNew(String shown) {
        synchronized (named) {
            return named.size() < MAX_ORIGINS && named.add(shown);
        }
    }
}
