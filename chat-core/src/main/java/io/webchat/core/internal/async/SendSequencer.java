package io.webchat.core.internal.async;

import io.webchat.core.SendResult;
import io.webchat.core.spi.support.Failures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Starts one session's sends in the order in which they were submitted, although the permission for each is checked
 * asynchronously. A queue keeps the order, because the continuations of one future run in no useful order. Only the
 * session's mailbox may call it.
 */
public final class SendSequencer {
    /** A send that waits for its permission, and for the sends before it. */
    private record QueuedSend<P>(
            CompletableFuture<P> permission, Function<P, PendingSend> send, CompletableFuture<SendResult> answer) {
        /** Starts the send; the result completes when the next one may start. */
        CompletableFuture<Void> start() {
            if (permission.isCompletedExceptionally()) {
                forward(permission
                        .handle((none, failure) -> failure)
                        .thenCompose(CompletableFuture::<SendResult>failedFuture));
                return CompletableFuture.completedFuture(null);
            }
            try {
                PendingSend pending = send.apply(permission.join());
                forward(pending.answer());
                return pending.submitted();
            } catch (RuntimeException e) {
                // Any exception must reach the sender, and the sends behind this one must go on.
                answer.completeExceptionally(e);
                return CompletableFuture.completedFuture(null);
            }
        }

        private void forward(CompletableFuture<SendResult> result) {
            Completions.whenDone(result, (done, failure) -> {
                if (failure == null) {
                    answer.complete(done);
                } else {
                    answer.completeExceptionally(Failures.unwrap(failure));
                }
            });
        }
    }

    private final Executor mailbox;
    private final Deque<QueuedSend<?>> waiting = new ArrayDeque<>();
    private boolean submitting;

    /** A sequencer that belongs to this mailbox. */
    public SendSequencer(Executor mailbox) {
        this.mailbox = mailbox;
    }

    /**
     * Starts the send when its permission has arrived and all earlier sends have been submitted to their queues.
     *
     * @param permission the outcome of the check; its value is passed to {@code send}
     * @return the answer to the sender; fails with the failure of the permission or of the send
     */
    public <P> CompletableFuture<SendResult> submit(CompletableFuture<P> permission, Function<P, PendingSend> send) {
        QueuedSend<P> queued = new QueuedSend<>(permission, send, new CompletableFuture<>());
        waiting.add(queued);
        if (permission.isDone()) {
            startNext();
        } else {
            Completions.whenDone(permission, (value, failure) -> mailbox.execute(this::startNext));
        }
        return queued.answer;
    }

    private void startNext() {
        while (!submitting && !waiting.isEmpty() && waiting.element().permission.isDone()) {
            CompletableFuture<Void> submitted = waiting.remove().start();
            if (!submitted.isDone()) {
                submitting = true;
                Completions.whenDone(submitted, (done, none) -> mailbox.execute(this::onSubmitted));
            }
        }
    }

    private void onSubmitted() {
        submitting = false;
        startNext();
    }
}
