package io.webchat.core.internal;

import io.webchat.core.SendResult;
import io.webchat.core.spi.support.Failures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Lets a session's messages begin in the order in which they were sent, also while somebody has to be asked whether
 * one may be sent at all. A queue of its own, since those who wait for one future hear of it in no useful order.
 * Owned by the session's mailbox.
 */
final class Turns {
    /** A message that waits for leave, and for its turn. */
    private record Turn<P>(
            CompletableFuture<P> leave, Function<P, Sending> work, CompletableFuture<SendResult> answer) {
        /** Begins the work; completes when the next one may begin. */
        CompletableFuture<Void> begin() {
            if (leave.isCompletedExceptionally()) {
                forward(leave.handle((none, failure) -> failure)
                        .thenCompose(CompletableFuture::<SendResult>failedFuture));
                return CompletableFuture.completedFuture(null);
            }
            try {
                Sending sending = work.apply(leave.join());
                forward(sending.answer());
                return sending.submitted();
            } catch (RuntimeException e) {
                // Whatever it is: those behind must not wait for ever.
                answer.completeExceptionally(e);
                return CompletableFuture.completedFuture(null);
            }
        }

        private void forward(CompletableFuture<SendResult> result) {
            Stages.whenDone(result, (done, failure) -> {
                if (failure == null) {
                    answer.complete(done);
                } else {
                    answer.completeExceptionally(Failures.unwrap(failure));
                }
            });
        }
    }

    private final Executor mailbox;
    private final Deque<Turn<?>> waiting = new ArrayDeque<>();
    private boolean taken;

    Turns(Executor mailbox) {
        this.mailbox = mailbox;
    }

    /** Does the work when {@code leave} is given and all that came before has begun; fails where leave is refused. */
    <P> CompletableFuture<SendResult> take(CompletableFuture<P> leave, Function<P, Sending> work) {
        Turn<P> turn = new Turn<>(leave, work, new CompletableFuture<>());
        waiting.add(turn);
        if (leave.isDone()) {
            next();
        } else {
            Stages.whenDone(leave, (given, refused) -> mailbox.execute(this::next));
        }
        return turn.answer;
    }

    private void next() {
        while (!taken && !waiting.isEmpty() && waiting.element().leave.isDone()) {
            CompletableFuture<Void> over = waiting.remove().begin();
            if (!over.isDone()) {
                taken = true;
                Stages.whenDone(over, (done, none) -> mailbox.execute(this::ended));
            }
        }
    }

    private void ended() {
        taken = false;
        next();
    }
}
