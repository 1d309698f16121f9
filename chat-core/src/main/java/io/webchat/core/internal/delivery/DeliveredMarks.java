package io.webchat.core.internal.delivery;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The delivered watermarks of one session. A watermark never passes a message whose receipt is not stored. */
final class DeliveredMarks {
    /** The subject of one watermark: one author's messages in one conversation. */
    private record MarkKey(ConversationId conversation, UserId author) {
        static MarkKey of(PendingMessage pending) {
            return new MarkKey(pending.conversation(), pending.message.from());
        }
    }

    /** The unconfirmed messages, by Seq. */
    private final Collection<PendingMessage> pending;
    /** The position of the latest message whose receipt was stored before that of an older one. */
    private final Map<MarkKey, MessagePosition> storedEarly = new HashMap<>();

    /** The marks for these messages, which are a view of the window's. */
    DeliveredMarks(Collection<PendingMessage> pending) {
        this.pending = pending;
    }

    void clear() {
        storedEarly.clear();
    }

    /** See {@link DeliveryWindow#deliveredUpTo}. */
    @Nullable
    MessagePosition upTo(PendingMessage stored) {
        stored.receiptStored = true;
        // Kept in the message, because raising the mark may be retried.
        stored.deliveredUpTo = MessagePosition.later(stored.deliveredUpTo, newlyDelivered(stored));
        return stored.deliveredUpTo;
    }

    private @Nullable MessagePosition newlyDelivered(PendingMessage stored) {
        MarkKey key = MarkKey.of(stored);
        MessagePosition oldestOpen = oldestWithoutReceipt(key);
        MessagePosition early = storedEarly.get(key);
        if (oldestOpen != null && stored.position.isBehind(oldestOpen)) {
            storedEarly.merge(key, stored.position, (one, other) -> other.isBehind(one) ? other : one);
            return null;
        }
        if (early == null || (oldestOpen != null && early.isBehind(oldestOpen))) {
            return stored.position;
        }
        storedEarly.remove(key);
        return MessagePosition.later(early, stored.position);
    }

    /** The position of the oldest message without a stored receipt; null when there is none. */
    private @Nullable MessagePosition oldestWithoutReceipt(MarkKey key) {
        MessagePosition oldest = null;
        for (PendingMessage each : pending) {
            if (!each.receiptStored
                    && (oldest == null || oldest.isBehind(each.position))
                    && MarkKey.of(each).equals(key)) {
                oldest = each.position;
                if (each.message.loggedAt() == 0) {
                    // Its time is the queue's own, which grows with the Seq.
                    return oldest;
                }
            }
        }
        return oldest;
    }
}
