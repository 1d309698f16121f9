package io.webchat.examples.server.accounts;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.webchat.core.ChatException;
import java.time.Duration;

/**
 * Slows each key down after many attempts have failed. The first attempts of a window are free, and between later ones
 * a pause must pass, so nobody is locked out. A window begins with its first attempt. An attempt counts from its start,
 * so many attempts at once cannot get around the limit. An attempt that succeeds is given back.
 */
public final class Attempts {
    private static final int MAX_KEYS = 100_000;

    private final LoadingCache<Object, Count> counts;
    private final Rule rule;
    private final Ticker ticker;

    /**
     * When attempts are slowed down.
     *
     * @param reason the sentence of the refusal
     * @param free the attempts without a pause in each window
     * @param firstPause the pause after them, which doubles with each further attempt
     * @param longestPause the pause at which it stops to grow
     */
    public record Rule(String reason, int free, Duration firstPause, Duration longestPause) {
        private static final int MOST_DOUBLINGS = 20;

        Duration pause(int attempts) {
            Duration pause = firstPause.multipliedBy(1L << Math.min(attempts - free, MOST_DOUBLINGS));
            return pause.compareTo(longestPause) > 0 ? longestPause : pause;
        }
    }

    private static final class Count {
        private int attempts;
        private long notBefore;

        /** Counts an attempt and returns zero, or returns how long it has to wait. */
        synchronized Duration begin(Rule rule, long now) {
            if (attempts >= rule.free() && notBefore - now > 0) {
                return Duration.ofNanos(notBefore - now);
            }
            attempts++;
            if (attempts >= rule.free()) {
                notBefore = now + rule.pause(attempts).toNanos();
            }
            return Duration.ZERO;
        }

        synchronized void giveBack() {
            attempts = Math.max(0, attempts - 1);
        }
    }

    /**
     * Attempts within windows of this length.
     *
     * @param ticker the clock
     */
    public Attempts(Rule rule, Duration window, Ticker ticker) {
        this.rule = rule;
        this.ticker = ticker;
        counts = Caffeine.newBuilder()
                .expireAfterWrite(window)
                .maximumSize(MAX_KEYS)
                .ticker(ticker)
                .build(key -> new Count());
    }

    /**
     * Begins an attempt.
     *
     * @throws ChatException {@code rate_limited}, with the rest of the pause
     */
    public void begin(Object key) {
        Duration wait = counts.get(key).begin(rule, ticker.read());
        if (!wait.isZero()) {
            throw ChatException.rateLimited(rule.reason(), wait);
        }
    }

    /** Takes back an attempt that did not fail. */
    void giveBack(Object key) {
        Count count = counts.getIfPresent(key);
        if (count != null) {
            count.giveBack();
        }
    }
}
