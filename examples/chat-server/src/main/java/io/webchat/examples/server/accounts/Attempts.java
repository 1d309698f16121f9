package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the failed attempts of each key in windows that begin with the first of them. An attempt counts from its
 * start, so many attempts at once cannot get around the limit. An attempt that succeeds is given back.
 */
final class Attempts {
    private static final int MAX_KEYS = 100_000;

    private final LoadingCache<Object, AtomicInteger> counts;
    private final int max;
    private final Duration window;

    Attempts(int max, Duration window, Ticker ticker) {
        this.max = max;
        this.window = window;
        counts = Caffeine.newBuilder()
                .expireAfterWrite(window)
                .maximumSize(MAX_KEYS)
                .ticker(ticker)
                .build(key -> new AtomicInteger());
    }

    /**
     * Begins an attempt.
     *
     * @throws ChatException {@code rate_limited}, until the window is over, when too many have failed
     */
    void begin(Object key) {
        AtomicInteger count = counts.get(key);
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            throw ChatException.rateLimited("too many failed attempts to sign in", left(key));
        }
    }

    /** Takes back an attempt that did not fail. */
    void giveBack(Object key) {
        AtomicInteger count = counts.getIfPresent(key);
        if (count != null) {
            count.updateAndGet(attempts -> Math.max(0, attempts - 1));
        }
    }

    private Duration left(Object key) {
        return counts.policy()
                .expireAfterWrite()
                .flatMap(expiry -> expiry.ageOf(key))
                .map(window::minus)
                .orElse(window);
    }
}
