package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The subscription to one wanted channel of a cluster, and the master where the channel is or will be subscribed. There
 * is one attempt at a time. An event during an attempt causes another attempt. Safe for use by many threads; calls
 * others without holding its lock.
 */
final class ShardSubscription {
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final String channel;
    private final ClusterSubscriber cluster;
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private volatile @Nullable MasterSubscriber master;
    private boolean attempting;
    private boolean repeat;
    private boolean subscribed;
    private boolean interrupted;
    private boolean cancelled;
    private int failures;

    ShardSubscription(String channel, ClusterSubscriber cluster) {
        this.channel = channel;
        this.cluster = cluster;
    }

    /** The master where the channel is or will be subscribed. */
    @Nullable
    MasterSubscriber master() {
        return master;
    }

    /** Completes when the channel is subscribed. */
    CompletableFuture<Void> join() {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        synchronized (this) {
            waiters.add(joined);
        }
        attemptOrRepeat();
        return joined;
    }

    /** The subscription is lost, or at a master that does not own the slot. */
    void interrupted() {
        synchronized (this) {
            interrupted |= subscribed;
            subscribed = false;
        }
        attemptOrRepeat();
    }

    /** Makes an attempt. If one is in progress, another follows it. */
    private void attemptOrRepeat() {
        boolean isCancelled;
        synchronized (this) {
            isCancelled = cancelled;
            if (!isCancelled && attempting) {
                repeat = true;
                return;
            }
            attempting = true;
        }
        if (isCancelled) {
            fail(unavailable("the subscription was cancelled"));
        } else {
            attempt();
        }
    }

    private void attempt() {
        MasterSubscriber previous = master;
        MasterSubscriber next = cluster.masterFor(channel);
        if (next == null) {
            attemptFinished(unavailable("the Redis cluster has no known owner of the channel's slot"));
            return;
        }
        master = next;
        if (previous != null && previous != next) {
            var unused = previous.leave(channel);
        }
        var unused = next.join(channel).whenComplete((done, failure) -> attemptFinished(failure));
    }

    private void attemptFinished(@Nullable Throwable failure) {
        long pause = -1;
        boolean resubscribed = false;
        List<CompletableFuture<Void>> done = List.of();
        synchronized (this) {
            if (failure == null && !repeat) {
                attempting = false;
                subscribed = true;
                failures = 0;
                resubscribed = interrupted;
                interrupted = false;
                done = takeWaiters();
            } else if (ClusterSubscriber.isFinal(failure) || cancelled) {
                attempting = false;
            } else {
                pause = failure == null ? 0 : Math.min(LONGEST_PAUSE_MILLIS, 20L << Math.min(failures++, 5)) - 20;
            }
            repeat = false;
        }
        if (pause >= 0) {
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(this::attempt);
        } else if (failure != null) {
            fail(failure);
        }
        done.forEach(each -> each.complete(null));
        if (resubscribed) {
            cluster.resubscribed(channel);
        }
    }

    private List<CompletableFuture<Void>> takeWaiters() {
        List<CompletableFuture<Void>> all = List.copyOf(waiters);
        waiters.clear();
        return all;
    }

    private void fail(Throwable failure) {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = takeWaiters();
        }
        all.forEach(each -> each.completeExceptionally(failure));
    }

    /** The channel is not wanted any more. Completes when it is unsubscribed. */
    CompletableFuture<Void> leave() {
        synchronized (this) {
            cancelled = true;
        }
        fail(unavailable("the subscription was cancelled"));
        MasterSubscriber current = master;
        return current == null ? CompletableFuture.completedFuture(null) : current.leave(channel);
    }

    private static ChatException unavailable(String why) {
        return new ChatException(ErrorCode.UNAVAILABLE, why);
    }
}
