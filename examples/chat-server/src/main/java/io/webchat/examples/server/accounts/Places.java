package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.KeyedLimit;

/** Bounds how much each key has under way. Safe for use by several threads. */
final class Places {
    private final KeyedLimit<Object> limit;
    private final String refusal;

    /**
     * Makes places.
     *
     * @param max how many each key has
     * @param refusal the sentence for somebody who gets none
     */
    Places(int max, String refusal) {
        this.limit = new KeyedLimit<>(max);
        this.refusal = refusal;
    }

    /**
     * Takes a place, which {@link #giveBack} gives back.
     *
     * @throws ChatException {@code unavailable} when the key has none left
     */
    void take(Object key) {
        if (!limit.tryTake(key)) {
            throw new ChatException(ErrorCode.UNAVAILABLE, refusal);
        }
    }

    void giveBack(Object key) {
        limit.giveBack(key);
    }
}
