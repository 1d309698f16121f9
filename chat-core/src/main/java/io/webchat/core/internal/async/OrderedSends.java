package io.webchat.core.internal.async;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.ids.MessageId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores the messages of a session strictly in their order, also over refusals. One message is on its way at a time.
 * After a refusal that may be repaired by sending the message again, all messages behind it are refused, in their
 * order, until each was sent again in this order. Only the session's mailbox may call it.
 */
public final class OrderedSends {
    private record QueuedSend(
            MessageId id, Supplier<CompletableFuture<SendResult>> work, CompletableFuture<SendResult> answer) {}

    private final Executor mailbox;
    private final int max;
    private final Runnable onOverflow;
    private final Deque<QueuedSend> waiting = new ArrayDeque<>();
    /** The refused messages, in the order in which they must be sent again. */
    private final Set<MessageId> refused = new LinkedHashSet<>();

    private boolean sending;

    /**
     * The sends of a session.
     *
     * @param max the largest number of messages that wait or must be sent again
     * @param onOverflow called when there are more; it ends the session, because their order can no longer be kept
     */
    public OrderedSends(Executor mailbox, int max, Runnable onOverflow) {
        this.mailbox = mailbox;
        this.max = max;
        this.onOverflow = onOverflow;
    }

    /**
     * Sends the message when all earlier ones are answered, unless one of them must be sent again first.
     *
     * @param work checks and sends the message
     * @return the answer to the sender
     */
    public CompletableFuture<SendResult> submit(MessageId id, Supplier<CompletableFuture<SendResult>> work) {
        QueuedSend send = new QueuedSend(id, work, new CompletableFuture<>());
        if (waiting.size() + refused.size() >= max) {
            onOverflow.run();
            refuse(send, new ChatException(ErrorCode.UNAVAILABLE, "too many messages wait behind a refused one"));
            return send.answer;
        }
        waiting.add(send);
        startNext();
        return send.answer;
    }

    private void startNext() {
        while (!sending && !waiting.isEmpty()) {
            QueuedSend next = waiting.remove();
            MessageId missing = firstRefused();
            if (missing == null || missing.equals(next.id)) {
                sending = true;
                Completions.whenDone(
                        started(next), (result, failure) -> mailbox.execute(() -> onAnswer(next, result, failure)));
            } else {
                refuse(
                        next,
                        new ChatException(ErrorCode.UNAVAILABLE, "send message " + missing + " again before this one"));
            }
        }
    }

    private @Nullable MessageId firstRefused() {
        Iterator<MessageId> first = refused.iterator();
        return first.hasNext() ? first.next() : null;
    }

    private static CompletableFuture<SendResult> started(QueuedSend send) {
        try {
            return send.work.get();
        } catch (RuntimeException e) {
            // Any exception must reach the sender, and the sends behind this one must go on.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onAnswer(QueuedSend send, @Nullable SendResult result, @Nullable Throwable failure) {
        sending = false;
        if (failure == null) {
            refused.remove(send.id);
            send.answer.complete(result);
        } else {
            refuse(send, Completions.toChatException(failure));
        }
        startNext();
    }

    private void refuse(QueuedSend send, ChatException failure) {
        if (failure.code().retryable()) {
            refused.add(send.id);
        } else {
            // The sender gives this message up, so the next ones need not wait for it.
            refused.remove(send.id);
        }
        send.answer.completeExceptionally(failure);
    }
}
