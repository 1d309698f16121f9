package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.DeviceId;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Offline queues in this process's memory. Stages are complete when they are returned; users do not wait
 * for each other. With the default limits a user's full queue costs about 2 KB and its texts per event.
 */
public final class MemoryOfflineQueue implements OfflineQueue {
    private final Map<UserId, UserQueue> queues = new ConcurrentHashMap<>();
    private static final int MAX_USERS = 1_000_000;

    private final QueueLimits limits;
    private final int maxUsers;
    private final Clock clock;
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<UserQueue> sweep = queues.values().iterator();

    private MemoryOfflineQueue(QueueLimits limits, int maxUsers, Clock clock) {
        this.limits = limits;
        this.maxUsers = maxUsers;
        this.clock = clock;
    }

    /** Queues with the default limits, for one million users. */
    public static MemoryOfflineQueue create() {
        return create(QueueLimits.DEFAULT, Clock.systemUTC());
    }

    /** Queues with other limits, for one million users; {@code clock} tells the age of things. */
    public static MemoryOfflineQueue create(QueueLimits limits, Clock clock) {
        return create(limits, MAX_USERS, clock);
    }

    /**
     * Queues for so many users; an append for one more fails with {@code queue_full}.
     *
     * @throws IllegalArgumentException when {@code maxUsers} is not positive
     */
    public static MemoryOfflineQueue create(QueueLimits limits, int maxUsers, Clock clock) {
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers must be 1 or more");
        }
        return new MemoryOfflineQueue(limits, maxUsers, clock);
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return on(user, queue -> queue.attach(device, after, clock.millis()));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        sweepOne();
        return on(user, queue -> queue.append(event, clock.millis()));
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return on(user, queue -> queue.read(after, limit, clock.millis()));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return on(user, queue -> queue.confirm(device, upTo, clock.millis()));
    }

    private <T> CompletableFuture<T> on(UserId user, Function<UserQueue, T> step) {
        try {
            while (true) {
                UserQueue queue = queueOf(user);
                synchronized (queue) {
                    if (!queue.retired()) {
                        return CompletableFuture.completedFuture(step.apply(queue));
                    }
                }
            }
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private UserQueue queueOf(UserId user) {
        UserQueue there = queues.get(user);
        if (there != null) {
            return there;
        }
        if (queues.size() >= maxUsers) {
            throw new ChatException(ErrorCode.QUEUE_FULL, "this node holds queues for as many users as it may");
        }
        return queues.computeIfAbsent(user, any -> new UserQueue(limits, clock.millis()));
    }

    /**
     * Each append looks at one queue, whichever is next, so that queues nobody asks for any more do not
     * stay for ever.
     */
    private void sweepOne() {
        if (!sweeping.tryLock()) {
            return;
        }
        try {
            if (!sweep.hasNext()) {
                sweep = queues.values().iterator();
            }
            if (sweep.hasNext()) {
                UserQueue queue = sweep.next();
                synchronized (queue) {
                    if (queue.retireIfUnused(clock.millis())) {
                        sweep.remove();
                    }
                }
            }
        } finally {
            sweeping.unlock();
        }
    }
}
