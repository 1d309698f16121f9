package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One channel that is wanted on a cluster, and the site where it is subscribed or about to be. There is one attempt at
 * a time; whatever happens during an attempt makes another one follow. Safe for use by many threads; tells others
 * without holding its lock.
 */
final class ShardSubscription {
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final String channel;
    private final ClusterSubscriber link;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private volatile @Nullable MasterSubscriber site;
    private boolean trying;
    private boolean again;
    private boolean stands;
    private boolean interrupted;
    private boolean gone;
    private int failures;

    ShardSubscription(String channel, ClusterSubscriber link) {
        this.channel = channel;
        this.link = link;
    }

    /** Where it is subscribed, or about to be. */
    @Nullable
    MasterSubscriber site() {
        return site;
    }

    /** Completes when the channel is subscribed. */
    CompletableFuture<Void> join() {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(joined);
        }
        settle();
        return joined;
    }

    /** The subscription is lost, or in the wrong place. */
    void interrupted() {
        synchronized (this) {
            interrupted |= stands;
            stands = false;
        }
        settle();
    }

    /** Makes an attempt, or has another one follow that under way. */
    private void settle() {
        boolean over;
        synchronized (this) {
            over = gone;
            if (!over && trying) {
                again = true;
                return;
            }
            trying = true;
        }
        if (over) {
            fail(unavailable("the subscription was cancelled"));
        } else {
            attempt();
        }
    }

    private void attempt() {
        MasterSubscriber from = site;
        MasterSubscriber to = link.siteFor(channel);
        if (to == null) {
            finished(unavailable("no owner of the channel's slot is known"));
            return;
        }
        site = to;
        if (from != null && from != to) {
            var unused = from.leave(channel);
        }
        var unused = to.join(channel).whenComplete((done, failure) -> finished(failure));
    }

    private void finished(@Nullable Throwable failure) {
        long pause = -1;
        boolean resubscribed = false;
        List<CompletableFuture<Void>> done = List.of();
        synchronized (this) {
            if (failure == null && !again) {
                trying = false;
                stands = true;
                failures = 0;
                resubscribed = interrupted;
                interrupted = false;
                done = takeWaiting();
            } else if (ClusterSubscriber.isFinal(failure) || gone) {
                trying = false;
            } else {
                pause = failure == null ? 0 : Math.min(LONGEST_PAUSE_MILLIS, 20L << Math.min(failures++, 5)) - 20;
            }
            again = false;
        }
        if (pause >= 0) {
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(this::attempt);
        } else if (failure != null) {
            fail(failure);
        }
        done.forEach(each -> each.complete(null));
        if (resubscribed) {
            link.resubscribed(channel);
        }
    }

    private List<CompletableFuture<Void>> takeWaiting() {
        List<CompletableFuture<Void>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private void fail(Throwable failure) {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = takeWaiting();
        }
        all.forEach(each -> each.completeExceptionally(failure));
    }

    /** The channel is wanted no more. Completes when it is subscribed nowhere. */
    CompletableFuture<Void> leave() {
        synchronized (this) {
            gone = true;
        }
        fail(unavailable("the subscription was cancelled"));
        MasterSubscriber at = site;
        return at == null ? CompletableFuture.completedFuture(null) : at.leave(channel);
    }

    private static ChatException unavailable(String why) {
        return new ChatException(ErrorCode.UNAVAILABLE, why);
    }
}
