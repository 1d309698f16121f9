package io.webchat.core.internal.restore;

import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.BoundedCalls;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the queues that begin a new epoch: reads the undelivered messages from the call log and puts them back. A
 * node restores each queue once at a time, and a bounded number of queues at a time; the others wait in their order.
 * Other nodes may restore the same queue at the same time.
 */
public final class QueueRestorer {
    /** The largest number of queues that are restored at a time: each may take some 16 Mi characters of the heap. */
    static final int MAX_RESTORES = 8;

    /** Queues with more lost characters are written one at a time, so that sends of other users get through. */
    static final int LARGE = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(QueueRestorer.class);

    /** The callers that wait for the restore of one queue. Guarded by the map. */
    private static final class Callers {
        final List<CompletableFuture<Boolean>> answers = new ArrayList<>();

        boolean haveLeft() {
            return answers.stream().allMatch(CompletableFuture::isDone);
        }
    }

    private final BackendCalls backends;
    private final ChatObserver observer;
    private final Map<UserId, Callers> wanted = new ConcurrentHashMap<>();
    private final BoundedCalls restores = new BoundedCalls(MAX_RESTORES);
    private final BoundedCalls largeWrites = new BoundedCalls(1);

    /**
     * Restores queues of these backends.
     *
     * @param observer called for each message that is put back
     */
    public QueueRestorer(BackendCalls backends, ChatObserver observer) {
        this.backends = backends;
        this.observer = observer;
    }

    /**
     * Restores the queue of the user. Without a complete call log it only marks the epoch as restored.
     *
     * @param epoch the epoch of the queue as the caller knows it
     * @return whether this is still the queue's epoch; if not, ask the queue for its epoch and begin again. A caller
     *     that has no need any more may cancel it: a restore that has not begun, and that nobody needs, is left out
     */
    public CompletableFuture<Boolean> restore(UserId user, QueueEpoch epoch) {
        if (!backends.logComplete()) {
            return backends.restore(user, epoch.number(), UndeliveredMessages.NONE)
                    .thenApply(RestoreOutcome::present);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Callers own = new Callers();
        Callers all = wanted.compute(user, (key, present) -> {
            Callers callers = present == null ? own : present;
            callers.answers.add(answer);
            return callers;
        });
        if (all == own) {
            Completions.whenDone(restores.call(() -> restoreIfWanted(user, epoch.number())), (present, failure) -> {
                wanted.remove(user, own);
                for (CompletableFuture<Boolean> each : own.answers) {
                    if (failure == null) {
                        each.complete(present);
                    } else {
                        each.completeExceptionally(failure);
                    }
                }
            });
        }
        return answer;
    }

    /**
     * Restores the queue in the background, because an event was appended to it. Its user may be offline for long; the
     * sooner it is restored, the less can happen in between. A failure is no harm: the next append or attach tries
     * again.
     */
    public void restoreSoon(UserId user, QueueEpoch epoch) {
        if (!epoch.restored() && backends.logComplete() && !wanted.containsKey(user)) {
            Completions.whenDone(restore(user, epoch), (present, failure) -> {
                if (failure != null) {
                    log.debug("cannot restore the queue of {} yet", user, failure);
                }
            });
        }
    }

    /** Fails the restores that have not begun. */
    public void close() {
        restores.close();
        largeWrites.close();
    }

    private CompletableFuture<Boolean> restoreIfWanted(UserId user, long epoch) {
        boolean left = wanted.computeIfPresent(user, (key, callers) -> callers.haveLeft() ? null : callers) == null;
        return left
                ? CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.UNAVAILABLE, "the sessions that need this restore have ended"))
                : readAndRestore(user, epoch);
    }

    private CompletableFuture<Boolean> readAndRestore(UserId user, long epoch) {
        return new UndeliveredReader(backends, user, epoch)
                .read()
                .thenCompose(undelivered -> write(user, epoch, undelivered))
                .thenApply(outcome -> {
                    if (outcome.linked() > 0) {
                        log.info("restored {} messages and amendments in the queue of {}", outcome.linked(), user);
                        IntStream.range(0, outcome.linked()).forEach(each -> observer.recovered());
                    }
                    return outcome.present();
                });
    }

    private CompletableFuture<RestoreOutcome> write(UserId user, long epoch, UndeliveredMessages undelivered) {
        long chars =
                undelivered.events().stream().mapToLong(LostMessages::length).sum();
        return chars > LARGE
                ? largeWrites.call(() -> backends.restore(user, epoch, undelivered))
                : backends.restore(user, epoch, undelivered);
    }
}
