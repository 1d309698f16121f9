package io.webchat.core.internal.delivery;

import io.webchat.core.ChatException;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.AppendOutcome;
import io.webchat.core.internal.backend.MessageKey;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SendPipeline;
import io.webchat.core.spi.support.Failures;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns the confirmations of one session's client into receipts for the authors, and then moves the device's cursor.
 * The order matters: the queue unlinks a message behind the cursor, so the receipt must be stored before. Otherwise a
 * crash between the two steps would lose the receipt. Only the session's mailbox may call it.
 */
public final class Confirmations {
    private final DeliveryContext context;
    private final DeliveryWindow window;
    private final SendPipeline pipeline;
    private final Permissions permissions;
    private final Delivery delivery;
    private final RecentMessages recent;
    private final CursorAdvance cursor;

    /** The recent messages whose receipt waits for a retry. */
    private final Set<MessageKey> retried = new HashSet<>();

    private final ReceiptRetries retries;

    /** The number of failures in a row, of all receipts: they decide how long the next retry waits. */
    private int failures;

    /**
     * The confirmations of a session.
     *
     * @param window the events that wait for a confirmation
     * @param pipeline stores and publishes the receipts
     * @param permissions tells who is in a room
     * @param delivery goes on when a message has left the window, or when the queue has begun a new epoch
     * @param retries decides for how long a receipt is tried again
     */
    public Confirmations(
            DeliveryContext context,
            DeliveryWindow window,
            SendPipeline pipeline,
            Permissions permissions,
            Delivery delivery,
            ReceiptRetries retries) {
        this.context = context;
        this.window = window;
        this.pipeline = pipeline;
        this.permissions = permissions;
        this.delivery = delivery;
        this.retries = retries;
        this.recent = new RecentMessages(context.config().window());
        this.cursor = new CursorAdvance(
                window,
                context.cursor()::moveTo,
                context.tasks(),
                // Reading shows the new epoch.
                delivery::read);
    }

    /** The client has stored the event with this Seq. */
    public void confirm(long seq) {
        window.onAcknowledged(seq);
        PendingMessage pending = window.find(seq);
        if (pending == null) {
            advanceCursor();
        } else if (!pending.isAcknowledged()) {
            CompletableFuture<SendResult> unused = storeReceipt(
                    pending, ChatEvent.delivery(context.user(), pending.message.from(), pending.message.id()));
        }
    }

    /** The client sent a heartbeat. */
    public void onHeartbeat() {
        window.onHeartbeat();
        cursor.endPause();
    }

    /** Whether the receipt is about a message that this session emitted, so that the call log need not be asked. */
    public boolean isKnown(ChatEvent.Receipt receipt) {
        MessageKey key = MessageKey.of(receipt);
        return window.find(key) != null || recent.find(key) != null;
    }

    /** Stores a receipt that the client sent. */
    public CompletableFuture<SendResult> storeReceipt(ChatEvent.Receipt receipt) {
        MessageKey key = MessageKey.of(receipt);
        PendingMessage pending = window.find(key);
        if (pending != null) {
            window.onAcknowledged(pending.seq);
            return storeReceipt(pending, receipt);
        }
        RecentMessages.Confirmed confirmed = recent.find(key);
        if (confirmed == null) {
            return storeForLoggedMessage(receipt);
        }
        boolean raises = receipt.kind() == EventKind.DISPLAY && confirmed.receipt() == EventKind.DELIVERY;
        return raises
                ? storeForRecent(receipt.in(confirmed.room()), confirmed)
                : CompletableFuture.completedFuture(new SendResult(receipt.id(), 0, confirmed.loggedAt(), true));
    }

    /** Stores a receipt about an older message; the call log tells whether this user received that message. */
    private CompletableFuture<SendResult> storeForLoggedMessage(ChatEvent.Receipt receipt) {
        RoomId room = receipt.room();
        CompletableFuture<?> permission =
                room == null ? CompletableFuture.completedFuture(null) : permissions.otherMembers(room, context.user());
        return permission
                .thenCompose(granted -> context.backends().find(receipt.conversation(), receipt.to(), receipt.id()))
                .thenCompose(found -> {
                    Optional<LoggedMessage> received = found.filter(this::isToThisUser);
                    if (received.isEmpty()) {
                        return CompletableFuture.failedFuture(
                                new ChatException(ErrorCode.NOT_FOUND, "there is no such message to this user"));
                    }
                    // A delivery raises no watermark here, because older messages may still be on their way.
                    LoggedMessage logged = received.get();
                    return store(receipt, receipt.kind() == EventKind.DISPLAY ? logged.position() : null);
                });
    }

    /** Whether this user received the message: a message in a room goes to all members except its author. */
    private boolean isToThisUser(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        return message.room() == null
                ? message.to().equals(context.user())
                : !message.from().equals(context.user());
    }

    private CompletableFuture<SendResult> store(ChatEvent.Receipt receipt, @Nullable MessagePosition displayedUpTo) {
        return pipeline.appendReceipt(receipt)
                .thenCompose(outcome -> pipeline.settleReceipt(receipt, outcome, null, displayedUpTo));
    }

    /** Stores the receipt of a message that this session confirmed before. */
    private CompletableFuture<SendResult> storeForRecent(
            ChatEvent.Receipt receipt, RecentMessages.Confirmed confirmed) {
        MessagePosition position = new MessagePosition(confirmed.loggedAt(), receipt.to(), receipt.id());
        CompletableFuture<SendResult> stored = store(receipt, receipt.kind() == EventKind.DISPLAY ? position : null);
        MessageKey key = MessageKey.of(receipt);
        context.tasks().whenDone(stored, (result, failure) -> {
            if (failure == null) {
                failures = 0;
                recent.add(key, new RecentMessages.Confirmed(confirmed.room(), confirmed.loggedAt(), receipt.kind()));
            } else {
                retryForRecent(receipt, confirmed);
            }
        });
        return stored;
    }

    /** Tries again later, as long as the message is a recent one. */
    private void retryForRecent(ChatEvent.Receipt receipt, RecentMessages.Confirmed confirmed) {
        MessageKey key = MessageKey.of(receipt);
        if (recent.find(key) != null && retried.add(key)) {
            retryLater(() -> {
                retried.remove(key);
                RecentMessages.Confirmed latest = recent.find(key);
                boolean higher =
                        latest != null && latest.receipt() == EventKind.DISPLAY && receipt.kind() == EventKind.DELIVERY;
                if (!higher) {
                    CompletableFuture<SendResult> unused = storeForRecent(receipt, confirmed);
                }
            });
        }
    }

    /** Retries go on after the end of the session, for as long as they are permitted. */
    private void retryLater(Runnable task) {
        if (retries.arePermitted()) {
            context.tasks().runLaterAnyway(context.backoff().delay(failures++), () -> {
                if (retries.arePermitted()) {
                    task.run();
                }
            });
        }
    }

    private CompletableFuture<SendResult> storeReceipt(PendingMessage pending, ChatEvent.Receipt given) {
        ChatEvent.Receipt receipt = given.in(pending.message.room());
        ChatEvent.Receipt before = pending.receipt;
        if (before == null || receipt.kind() == EventKind.DISPLAY) {
            pending.receipt = receipt;
        }
        if (pending.needsNo(receipt.kind())) {
            onConfirmed(pending);
            return CompletableFuture.completedFuture(new SendResult(receipt.id(), 0, pending.storedAt, before != null));
        }
        CompletableFuture<SendResult> answer = new CompletableFuture<>();
        context.tasks()
                .whenDone(
                        pipeline.appendReceipt(receipt),
                        (outcome, failure) -> onAppended(pending, receipt, answer, outcome, failure));
        context.tasks().whenDone(answer, (result, failure) -> onStored(pending, receipt, failure));
        return answer;
    }

    /** Raises the marks. Only now is it certain that the author gets the receipt. */
    private void onAppended(
            PendingMessage pending,
            ChatEvent.Receipt receipt,
            CompletableFuture<SendResult> answer,
            @Nullable AppendOutcome outcome,
            @Nullable Throwable failure) {
        // A full queue of the author must not keep the reader's queue full: the marks say what the receipt would.
        boolean full = isQueueFull(failure);
        if (outcome == null && !full) {
            answer.completeExceptionally(failure == null ? new IllegalStateException("no outcome") : failure);
            return;
        }
        // A message that a new epoch made the window forget comes again, so its receipt raises no mark.
        MessagePosition delivered = window.find(pending.seq) == pending ? window.deliveredUpTo(pending) : null;
        // Both watermarks: the display of this message does not include younger messages acknowledged before.
        MessagePosition displayed = receipt.kind() == EventKind.DISPLAY ? pending.position : null;
        CompletableFuture<SendResult> settled = outcome != null
                ? pipeline.settleReceipt(receipt, outcome, delivered, displayed)
                : pipeline.mark(receipt, delivered, displayed)
                        .thenCompose(marked -> CompletableFuture.failedFuture(
                                new ChatException(ErrorCode.QUEUE_FULL, "the queue of the author is full")));
        Completions.whenDone(settled, (result, refusal) -> {
            if (refusal == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(refusal);
            }
        });
    }

    private static boolean isQueueFull(@Nullable Throwable failure) {
        return failure != null
                && Failures.unwrap(failure) instanceof ChatException refusal
                && refusal.code() == ErrorCode.QUEUE_FULL;
    }

    private void onStored(PendingMessage pending, ChatEvent.Receipt receipt, @Nullable Throwable failure) {
        boolean full = isQueueFull(failure);
        if (failure == null || full) {
            RecentMessages.Confirmed confirmed =
                    new RecentMessages.Confirmed(pending.message.room(), pending.position.storedAt(), receipt.kind());
            recent.add(pending.key(), confirmed);
            onConfirmed(pending);
            if (full) {
                retryForRecent(receipt, confirmed);
            } else {
                failures = 0;
            }
        } else if (!pending.retrying) {
            // The client will not confirm a second time, so the session retries.
            pending.retrying = true;
            retryLater(() -> storeAgain(pending));
        }
    }

    private void storeAgain(PendingMessage pending) {
        pending.retrying = false;
        ChatEvent.Receipt receipt = pending.receipt;
        if (receipt == null) {
            return;
        }
        if (window.find(pending.seq) == pending) {
            CompletableFuture<SendResult> unused = storeReceipt(pending, receipt);
        } else if (receipt.kind() == EventKind.DISPLAY) {
            // The delivery receipt was stored meanwhile; the display receipt may be missing.
            CompletableFuture<SendResult> unused = storeReceipt(receipt);
        }
    }

    private void onConfirmed(PendingMessage pending) {
        window.remove(pending);
        advanceCursor();
        delivery.resume();
    }

    /** Moves the device's cursor in the queue soon, if the window has moved on. */
    public void advanceCursor() {
        cursor.advance();
    }

    /** The session ends: moves the device's cursor a last time, and then notes when the device was seen. */
    public void end(CloseReason reason) {
        retries.end(reason);
        cursor.end();
        context.cursor().leave();
    }
}
