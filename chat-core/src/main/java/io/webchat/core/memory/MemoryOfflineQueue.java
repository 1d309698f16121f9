package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.EventErasure;
import io.webchat.core.spi.queue.LastSeenTimes;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.spi.support.ByteBudget;
import io.webchat.core.spi.support.HeapShare;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The offline queues in the memory of this process. Stages are complete when they are returned, and users do not wait
 * for each other. With the default limits a user's full queue costs about 2 KB and its texts per event.
 *
 * <p>All queues together take their {@linkplain HeapShare#QUEUES share} of the heap. Beyond it the memory of resends
 * goes first, and then appends and the queues of further users fail with {@code queue_full}: an event that waits is
 * never given up for another user's. Reading and confirming never fail for want of memory.
 *
 * <p>The events of one author take at most an eighth of that, in all queues together. Beyond it the messages and
 * amendments of this author alone fail with {@code queue_full}, until recipients have confirmed some.
 */
public final class MemoryOfflineQueue implements OfflineQueue, QueueRemoval, EventErasure, LastSeenTimes {
    private final Map<UserId, UserQueue> queues = new ConcurrentHashMap<>();
    private static final int MAX_USERS = 1_000_000;
    private static final int SWEPT_WHEN_FULL = 16;
    /** The part of all bytes that the events of one author may take. */
    private static final int AUTHOR_SHARE = 8;

    private final QueueLimits limits;
    private final int maxUsers;
    private final Clock clock;
    private final ByteBudget budget;
    private final AuthorBytes authors;
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<UserQueue> sweep = queues.values().iterator();

    private MemoryOfflineQueue(QueueLimits limits, int maxUsers, Clock clock, ByteBudget budget, AuthorBytes authors) {
        this.limits = limits;
        this.maxUsers = maxUsers;
        this.clock = clock;
        this.budget = budget;
        this.authors = authors;
    }

    /** Makes queues with the default limits, for one million users. */
    public static MemoryOfflineQueue create() {
        return create(QueueLimits.DEFAULT, Clock.systemUTC());
    }

    /**
     * Makes queues with other limits, for one million users.
     *
     * @param clock the clock by which events and devices age
     */
    public static MemoryOfflineQueue create(QueueLimits limits, Clock clock) {
        return create(limits, MAX_USERS, clock);
    }

    /**
     * Makes queues for {@code maxUsers} users. An append for a further user fails with {@code queue_full}.
     *
     * @param clock the clock by which events and devices age
     * @throws IllegalArgumentException when {@code maxUsers} is not positive
     */
    public static MemoryOfflineQueue create(QueueLimits limits, int maxUsers, Clock clock) {
        return create(limits, maxUsers, clock, HeapShare.QUEUES.bytes());
    }

    /**
     * Makes queues with other bounds. The events of one author may take an eighth of the bytes.
     *
     * @param clock the clock by which events and devices age
     * @param maxBytes the heap that all queues may take: about 1 KB for each user and event, and the texts
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryOfflineQueue create(QueueLimits limits, int maxUsers, Clock clock, long maxBytes) {
        return create(limits, maxUsers, clock, maxBytes, Math.max(1, maxBytes / AUTHOR_SHARE));
    }

    /**
     * Makes queues with other bounds.
     *
     * @param clock the clock by which events and devices age
     * @param maxBytes the heap that all queues may take: about 1 KB for each user and event, and the texts
     * @param maxAuthorBytes the heap that the events of one author may take in all queues together; give an application
     *     with one author for all users as much as {@code maxBytes}
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryOfflineQueue create(
            QueueLimits limits, int maxUsers, Clock clock, long maxBytes, long maxAuthorBytes) {
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers must be 1 or more");
        }
        return new MemoryOfflineQueue(limits, maxUsers, clock, newBudget(maxBytes), new AuthorBytes(maxAuthorBytes));
    }

    private static ByteBudget newBudget(long maxBytes) {
        return new ByteBudget("queues", maxBytes);
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    @Override
    public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
        return on(user, queue -> queue.attach(device, after, clock.millis()));
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
        sweep();
        try {
            authors.check(event);
            checkCapacity();
        } catch (ChatException full) {
            return CompletableFuture.failedFuture(full);
        }
        return on(user, queue -> queue.append(event, after, clock.millis()));
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        if (!queues.containsKey(user)) {
            long next = UserQueue.firstSeq(clock.millis());
            return CompletableFuture.completedFuture(new QueueSlice(QueueEpoch.NONE, List.of(), next, next, 0));
        }
        return on(user, queue -> queue.read(after, limit, clock.millis()));
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return onExisting(user, false, queue -> queue.confirm(device, epoch, upTo, clock.millis()));
    }

    @Override
    public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return onExisting(user, RestoreOutcome.OTHER_EPOCH, queue -> queue.restore(epoch, undelivered, clock.millis()));
    }

    @Override
    public CompletionStage<Void> leave(UserId user, DeviceId device) {
        return change(user, queue -> queue.leave(device, clock.millis()));
    }

    @Override
    public CompletionStage<OptionalLong> lastSeen(UserId user) {
        UserQueue queue = queues.get(user);
        if (queue == null) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        synchronized (queue) {
            return CompletableFuture.completedFuture(queue.lastSeen(clock.millis()));
        }
    }

    /** Returns queues with the same events, which are independent of these afterwards. */
    MemoryOfflineQueue copy() {
        MemoryOfflineQueue copy =
                new MemoryOfflineQueue(limits, maxUsers, clock, newBudget(HeapShare.QUEUES.bytes()), authors.empty());
        queues.forEach((user, queue) -> {
            synchronized (queue) {
                copy.queues.put(user, queue.copy(copy.authors));
                copy.budget.add(queue.heap());
            }
        });
        return copy;
    }

    /** Begins a new epoch in each queue, as a server does that may have lost events. */
    void beginEpochs() {
        queues.values().forEach(queue -> {
            synchronized (queue) {
                queue.beginEpoch(clock.millis());
            }
        });
    }

    private <T> CompletionStage<T> onExisting(UserId user, T without, Function<UserQueue, T> step) {
        return queues.containsKey(user) ? on(user, step) : CompletableFuture.completedFuture(without);
    }

    @Override
    public CompletionStage<Void> clear(UserId user) {
        return change(user, UserQueue::clear);
    }

    @Override
    public CompletionStage<Void> erase(UserId user, UserId author) {
        return change(user, queue -> queue.erase(author));
    }

    private CompletionStage<Void> change(UserId user, Consumer<UserQueue> step) {
        UserQueue queue = queues.get(user);
        if (queue != null) {
            synchronized (queue) {
                charged(queue, () -> {
                    step.accept(queue);
                    return true;
                });
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private <T> CompletableFuture<T> on(UserId user, Function<UserQueue, T> step) {
        try {
            while (true) {
                UserQueue queue = queueOf(user);
                synchronized (queue) {
                    if (!queue.retired()) {
                        return CompletableFuture.completedFuture(charged(queue, () -> step.apply(queue)));
                    }
                }
            }
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Takes a step, and notes how the heap that its queue takes has changed. */
    private <T> T charged(UserQueue queue, Supplier<T> step) {
        long before = queue.heap();
        try {
            return step.get();
        } finally {
            budget.add(queue.heap() - before);
        }
    }

    private UserQueue queueOf(UserId user) {
        UserQueue existing = queues.get(user);
        if (existing != null) {
            return existing;
        }
        if (queues.size() >= maxUsers) {
            throw new ChatException(
                    ErrorCode.QUEUE_FULL, "this node already holds the queues of " + maxUsers + " users, its limit");
        }
        checkCapacity();
        return queues.computeIfAbsent(user, any -> {
            UserQueue queue = new UserQueue(limits, authors, clock.millis());
            budget.add(queue.heap());
            return queue;
        });
    }

    private void checkCapacity() {
        if (budget.isExceeded() && !reclaim()) {
            throw budget.full();
        }
    }

    /** Checks a queue before each append, in turn, so that unused queues are removed. */
    private void sweep() {
        if (sweeping.tryLock()) {
            try {
                sweepOne();
            } finally {
                sweeping.unlock();
            }
        }
    }

    /** Gives up the memory of resends of some queues; returns whether there is capacity then. */
    private boolean reclaim() {
        // An append that comes meanwhile waits. It would fail otherwise, although there is memory to give up.
        sweeping.lock();
        try {
            for (int i = 0; i < SWEPT_WHEN_FULL; i++) {
                // Once is enough: an append of another thread may take the space before a second look.
                if (!budget.isExceeded()) {
                    return true;
                }
                sweepOne();
            }
            return !budget.isExceeded();
        } finally {
            sweeping.unlock();
        }
    }

    private void sweepOne() {
        if (!sweep.hasNext()) {
            sweep = queues.values().iterator();
        }
        if (sweep.hasNext()) {
            UserQueue queue = sweep.next();
            synchronized (queue) {
                if (charged(queue, () -> isUnused(queue))) {
                    sweep.remove();
                }
            }
        }
    }

    /** Messages that wait are worth more than the memory of resends, which clients recognise too. */
    private boolean isUnused(UserQueue queue) {
        if (budget.isExceeded()) {
            queue.forgetResends();
        }
        return queue.retireIfUnused(clock.millis());
    }
}
