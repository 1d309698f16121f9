package io.webchat.socketio.internal.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The digests of the tokens that were valid lately. Beyond a bound, the one that was not used for the longest time is
 * forgotten.
 */
final class RecentTokens {
    private static final class Latest extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1;

        private final int max;

        Latest(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > max;
        }
    }

    private final Map<String, Boolean> tokens;

    /** Remembers so many tokens. */
    RecentTokens(int max) {
        tokens = new Latest(max);
    }

    synchronized boolean contains(String digest) {
        return tokens.containsKey(digest);
    }

    synchronized void add(String digest) {
        tokens.put(digest, Boolean.TRUE);
    }

    /** Forgets a token; returns whether it was there. */
    synchronized boolean remove(String digest) {
        return tokens.remove(digest) != null;
    }
}
