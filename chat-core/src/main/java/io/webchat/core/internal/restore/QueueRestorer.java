package io.webchat.core.internal.restore;

import io.webchat.core.ChatObserver;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the queues that begin a new epoch: reads the undelivered messages from the call log and puts them back. One
 * look at the log is under way for each user on this node. Other nodes may restore the same queue at the same time.
 */
public final class QueueRestorer {
    private static final Logger log = LoggerFactory.getLogger(QueueRestorer.class);

    private final BackendCalls backends;
    private final ChatObserver observer;
    private final Map<UserId, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

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
     * @return whether this is still the queue's epoch; if not, ask the queue for its epoch and begin again
     */
    public CompletableFuture<Boolean> restore(UserId user, QueueEpoch epoch) {
        if (!backends.logComplete()) {
            return backends.restore(user, epoch.number(), UndeliveredMessages.NONE);
        }
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = running.putIfAbsent(user, own);
        if (other != null) {
            return other;
        }
        Completions.whenDone(readAndRestore(user, epoch.number()), (present, failure) -> {
            running.remove(user, own);
            if (failure == null) {
                own.complete(present);
            } else {
                own.completeExceptionally(failure);
            }
        });
        return own;
    }

    /**
     * Restores the queue in the background, because an event was appended to it. Its user may be offline for long; the
     * sooner it is restored, the less can happen in between. A failure is no harm: the next append or attach tries
     * again.
     */
    public void restoreSoon(UserId user, QueueEpoch epoch) {
        if (!epoch.restored() && backends.logComplete()) {
            Completions.whenDone(restore(user, epoch), (present, failure) -> {
                if (failure != null) {
                    log.debug("cannot restore the queue of {} yet", user, failure);
                }
            });
        }
    }

    private CompletableFuture<Boolean> readAndRestore(UserId user, long epoch) {
        return new UndeliveredReader(backends, user, epoch)
                .read()
                .thenCompose(undelivered -> backends.restore(user, epoch, undelivered)
                        .thenApply(present -> {
                            if (present && !undelivered.events().isEmpty()) {
                                log.info(
                                        "restored {} messages and amendments in the queue of {}",
                                        undelivered.events().size(),
                                        user);
                                undelivered.events().forEach(each -> observer.recovered());
                            }
                            return present;
                        }));
    }
}
