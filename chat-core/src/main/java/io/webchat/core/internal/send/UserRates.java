package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The rate limit of messages: one bucket per user for all sessions together. A bucket outlives its sessions until it
 * is full again; otherwise a user could avoid the limit by reconnecting. No session holds a bucket, because a full
 * bucket may be dropped and replaced by a new one.
 */
public final class UserRates {
    private static final int SWEEP_EVERY = 1024;

    private final Map<UserId, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();
    private final ChatConfig config;
    private final LongSupplier nanoTime;

    /** Rates by the limits of the configuration. */
    public UserRates(ChatConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one of the user's tokens.
     *
     * @return 0, or the nanoseconds until a token is available; see {@link TokenBucket#take}
     */
    long take(UserId user) {
        if (config.messagesPerSecond() == 0) {
            return 0;
        }
        sweep();
        long[] wait = new long[1];
        // Inside the map's atomic step, so that the sweep cannot drop a bucket before its use.
        buckets.compute(user, (any, present) -> {
            TokenBucket bucket = present == null ? newUserBucket() : present;
            wait[0] = bucket.take();
            return bucket;
        });
        return wait[0];
    }

    private TokenBucket newUserBucket() {
        created.incrementAndGet();
        return new TokenBucket(config.messagesPerSecond(), config.burst(), nanoTime);
    }

    /** Drops the full buckets from time to time; a new bucket is full as well. */
    void sweep() {
        int now = created.get();
        if (now >= SWEEP_EVERY && created.compareAndSet(now, 0)) {
            buckets.keySet()
                    .forEach(user -> buckets.computeIfPresent(user, (any, bucket) -> bucket.isFull() ? null : bucket));
        }
    }

    /** A new bucket for the signals of one session. */
    public TokenBucket newSessionBucket() {
        return new TokenBucket(config.signalsPerSecond(), config.burst(), nanoTime);
    }
}
