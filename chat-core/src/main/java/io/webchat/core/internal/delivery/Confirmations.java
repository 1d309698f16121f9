package io.webchat.core.internal.delivery;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventKind;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessagePosition;
import io.webchat.core.RoomId;
import io.webchat.core.SendResult;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SendPipeline;
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
    private final Runnable onCapacity;
    private final RecentMessages recent;

    /** The messages whose display receipt waits for a retry; all of them are among the recent messages. */
    private final Set<MessageKey> retriedDisplays = new HashSet<>();

    private long confirmedSeq;
    private boolean confirming;
    private int failures;

    /**
     * The confirmations of a session.
     *
     * @param window the events that wait for a confirmation
     * @param pipeline stores and publishes the receipts
     * @param permissions tells who is in a room
     * @param onCapacity called when a message has left the window
     */
    public Confirmations(
            DeliveryContext context,
            DeliveryWindow window,
            SendPipeline pipeline,
            Permissions permissions,
            Runnable onCapacity) {
        this.context = context;
        this.window = window;
        this.pipeline = pipeline;
        this.permissions = permissions;
        this.onCapacity = onCapacity;
        this.recent = new RecentMessages(context.config().window());
        this.confirmedSeq = window.cursor();
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
        advanceCursor();
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
                ? storeDisplay(receipt.in(confirmed.room()), confirmed)
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
                    MessagePosition displayed =
                            receipt.kind() == EventKind.DISPLAY ? received.get().position() : null;
                    return pipeline.sendReceipt(receipt, null, displayed);
                });
    }

    /** Whether this user received the message: a message in a room goes to all members except its author. */
    private boolean isToThisUser(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        return message.room() == null
                ? message.to().equals(context.user())
                : !message.from().equals(context.user());
    }

    /** Stores the display receipt of a message that this session confirmed before. */
    private CompletableFuture<SendResult> storeDisplay(ChatEvent.Receipt receipt, RecentMessages.Confirmed confirmed) {
        MessagePosition displayed = new MessagePosition(confirmed.loggedAt(), receipt.to(), receipt.id());
        CompletableFuture<SendResult> stored = pipeline.sendReceipt(receipt, null, displayed);
        MessageKey key = MessageKey.of(receipt);
        context.tasks().whenDone(stored, (result, failure) -> {
            if (failure == null) {
                failures = 0;
                recent.add(key, new RecentMessages.Confirmed(confirmed.room(), confirmed.loggedAt(), receipt.kind()));
            } else if (recent.find(key) != null && retriedDisplays.add(key)) {
                retryLater(() -> {
                    retriedDisplays.remove(key);
                    CompletableFuture<SendResult> unused = storeReceipt(receipt);
                });
            }
        });
        return stored;
    }

    private void retryLater(Runnable task) {
        context.tasks().runLater(context.backoff().delay(failures++), task);
    }

    private CompletableFuture<SendResult> storeReceipt(PendingMessage pending, ChatEvent.Receipt given) {
        ChatEvent.Receipt receipt = given.in(pending.message.room());
        ChatEvent.Receipt before = pending.receipt;
        if (before == null || receipt.kind() == EventKind.DISPLAY) {
            pending.receipt = receipt;
        }
        if (pending.isOwnCopy()) {
            onConfirmed(pending);
            return CompletableFuture.completedFuture(new SendResult(receipt.id(), 0, pending.storedAt, before != null));
        }
        MessagePosition delivered = window.deliveredUpTo(pending);
        // Both watermarks: the display of this message does not include younger messages acknowledged before.
        MessagePosition displayed = receipt.kind() == EventKind.DISPLAY ? pending.position : null;
        CompletableFuture<SendResult> stored = pipeline.sendReceipt(receipt, delivered, displayed);
        context.tasks().whenDone(stored, (result, failure) -> onStored(pending, receipt, failure));
        return stored;
    }

    private void onStored(PendingMessage pending, ChatEvent.Receipt receipt, @Nullable Throwable failure) {
        if (failure == null) {
            failures = 0;
            recent.add(
                    pending.key(),
                    new RecentMessages.Confirmed(pending.message.room(), pending.position.storedAt(), receipt.kind()));
            onConfirmed(pending);
        } else if (!pending.retrying) {
            // The client will not confirm a second time, so the session retries until it ends.
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
        onCapacity.run();
    }

    /** Moves the device's cursor in the queue. One call is under way at a time; the next one includes all news. */
    public void advanceCursor() {
        long upTo = window.cursor();
        // The window's cursor is lower than the confirmed Seq after the queue has gone back.
        if (confirming || upTo == confirmedSeq) {
            return;
        }
        confirming = true;
        context.tasks().whenDone(context.cursor().moveTo(upTo), (moved, failure) -> {
            confirming = false;
            if (failure == null) {
                confirmedSeq = upTo;
                advanceCursor();
            }
            // After a failure the next confirmation or heartbeat tries again. Until then a new session of the device
            // would only get duplicates.
        });
    }
}
