package io.webchat.core.internal.delivery;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.internal.backend.MessageKey;
import org.jspecify.annotations.Nullable;

/** A message that was emitted and is not confirmed yet. Only the session's mailbox may use it. */
final class PendingMessage {
    final long seq;
    final long storedAt;
    /** The message's position in the call log, by which watermarks are compared. */
    final MessagePosition position;

    final ChatEvent.Message message;
    /** Computed once, because it checks two ids. */
    private final ConversationId conversation;
    /** The highest receipt of the client so far. It is being stored; afterwards the message is not pending any more. */
    ChatEvent.@Nullable Receipt receipt;
    /** Whether the author's queue has a receipt. */
    boolean receiptStored;
    /** The delivered watermark that this message's receipts have raised so far; null for none. */
    @Nullable
    MessagePosition deliveredUpTo;
    /** Whether a retry of storing the receipt is scheduled. */
    boolean retrying;

    PendingMessage(long seq, long storedAt, ChatEvent.Message message) {
        this.seq = seq;
        this.storedAt = storedAt;
        long loggedAt = message.loggedAt() > 0 ? message.loggedAt() : storedAt;
        this.position = new MessagePosition(loggedAt, message.from(), message.id());
        this.message = message;
        this.conversation = message.conversation();
    }

    MessageKey key() {
        return MessageKey.of(message);
    }

    ConversationId conversation() {
        return conversation;
    }

    boolean isAcknowledged() {
        return receipt != null;
    }

    /**
     * Whether nobody needs this receipt of it: any receipt of a copy of a message that this user sent from another
     * device, and a delivery of a message about a change of a room, which would be one from each member.
     */
    boolean needsNo(EventKind receiptKind) {
        boolean aboutRoom = message.room() != null && message.content().isSystem();
        return message.fromDevice() != null || (aboutRoom && receiptKind == EventKind.DELIVERY);
    }
}
