package io.webchat.redis.internal.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may wait for answers, so that a server that does not answer costs no more memory than this. */
final class InFlightLimit {
    private final int maxCalls;
    private final long maxBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    InFlightLimit(int maxCalls, long maxBytes) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
    }

    /** Whether there is room for the call; if so, it is taken until {@link #give}. */
    boolean take(RedisCommand call) {
        boolean fewEnough = calls.incrementAndGet() <= maxCalls;
        boolean room = bytes.addAndGet(call.bytes()) <= maxBytes && fewEnough;
        if (!room) {
            give(call);
        }
        return room;
    }

    void give(RedisCommand call) {
        calls.decrementAndGet();
        bytes.addAndGet(-call.bytes());
    }
}
