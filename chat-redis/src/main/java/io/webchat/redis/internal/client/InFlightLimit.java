package io.webchat.redis.internal.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the commands that wait for replies, so a server that does not answer costs a bounded amount of memory. */
public final class InFlightLimit {
    private final int maxCommands;
    private final long maxBytes;
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    public InFlightLimit(int maxCommands, long maxBytes) {
        this.maxCommands = maxCommands;
        this.maxBytes = maxBytes;
    }

    /** Whether there is capacity for the command. If so, the command occupies it until {@link #release}. */
    public boolean acquire(RedisCommand command) {
        boolean fewEnough = commands.incrementAndGet() <= maxCommands;
        boolean acquired = bytes.addAndGet(command.bytes()) <= maxBytes && fewEnough;
        if (!acquired) {
            release(command);
        }
        return acquired;
    }

    void release(RedisCommand command) {
        commands.decrementAndGet();
        bytes.addAndGet(-command.bytes());
    }
}
