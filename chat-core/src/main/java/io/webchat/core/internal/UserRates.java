package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One message bucket per user, all sessions together. A bucket outlives its sessions until it is full
 * again, or reconnecting would be a way around the limit; no session holds one, or there would be two after
 * the full one was dropped.
 */
final class UserRates {
    private static final int SWEEP_EVERY = 1024;

    private final Map<UserId, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final ChatConfig config;
    private final LongSupplier nanoTime;

    UserRates(ChatConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Takes one of the user's tokens; see {@link TokenBucket#take}. */
    long take(UserId user) {
        if (config.messagesPerSecond() == 0) {
            return 0;
        }
        sweep();
        long[] wait = new long[1];
        // Within the map's step, so that the sweep cannot drop a bucket between its making and its use.
        buckets.compute(user, (any, there) -> {
            TokenBucket bucket = there == null ? ofOneUser() : there;
            wait[0] = bucket.take();
            return bucket;
        });
        return wait[0];
    }

    private TokenBucket ofOneUser() {
        made.incrementAndGet();
        return new TokenBucket(config.messagesPerSecond(), config.burst(), nanoTime);
    }

    /** Drops what a new bucket would stand for as well, from time to time. */
    void sweep() {
        int now = made.get();
        if (now >= SWEEP_EVERY && made.compareAndSet(now, 0)) {
            buckets.keySet().forEach(user -> buckets.computeIfPresent(user, (any, it) -> it.full() ? null : it));
        }
    }

    TokenBucket ofOneSession() {
        return new TokenBucket(config.signalsPerSecond(), config.burst(), nanoTime);
    }
}
