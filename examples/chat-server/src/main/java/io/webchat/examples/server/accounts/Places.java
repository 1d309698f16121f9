package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds how much each key has under way. Safe for use by several threads. */
final class Places {
    private final Map<Object, Integer> taken = new ConcurrentHashMap<>();
    private final int max;
    private final String refusal;

    /**
     * Makes places.
     *
     * @param max how many each key has
     * @param refusal the sentence for somebody who gets none
     */
    Places(int max, String refusal) {
        this.max = max;
        this.refusal = refusal;
    }

    /**
     * Takes a place, which {@link #giveBack} gives back.
     *
     * @throws ChatException {@code unavailable} when the key has none left
     */
    void take(Object key) {
        if (taken.merge(key, 1, Integer::sum) > max) {
            giveBack(key);
            throw new ChatException(ErrorCode.UNAVAILABLE, refusal);
        }
    }

    void giveBack(Object key) {
        taken.computeIfPresent(key, (any, places) -> places == 1 ? null : places - 1);
    }
}
