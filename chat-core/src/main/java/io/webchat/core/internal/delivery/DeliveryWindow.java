package io.webchat.core.internal.delivery;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.Envelope;
import io.webchat.core.MessagePosition;
import io.webchat.core.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events that one session has emitted and the client has not confirmed yet: at most {@code size} messages. Clients
 * do not confirm receipts one by one, so the window keeps only two numbers for them. Only the session's mailbox may
 * use it.
 */
public final class DeliveryWindow {
    /** The subject of one watermark: one author's messages in one conversation. */
    private record MarkKey(ConversationId conversation, UserId author) {
        static MarkKey of(PendingMessage pending) {
            return new MarkKey(pending.conversation(), pending.message.from());
        }
    }

    private final int size;
    private final TreeMap<Long, PendingMessage> bySeq = new TreeMap<>();
    private final Map<MessageKey, PendingMessage> byKey = new HashMap<>();
    /** The position of the latest message that was acknowledged before an older one. */
    private final Map<MarkKey, MessagePosition> acknowledgedEarly = new HashMap<>();

    private long emittedSeq;
    private long lastReceiptSeq;
    private long receiptsArrivedSeq;
    private long emittedAtHeartbeat;
    private long cursor;

    /** An empty window; everything up to {@code cursor} is confirmed. */
    public DeliveryWindow(int size, long cursor) {
        this.size = size;
        this.cursor = cursor;
        this.emittedSeq = cursor;
    }

    /** The number of messages that may be emitted before one must be confirmed. */
    int capacity() {
        return size - bySeq.size();
    }

    /** The last Seq that was emitted or skipped. */
    long emittedSeq() {
        return emittedSeq;
    }

    /** Adds a message that is being emitted. */
    void addMessage(Envelope envelope, ChatEvent.Message message) {
        PendingMessage pending = new PendingMessage(envelope.seq(), envelope.storedAt(), message);
        bySeq.put(pending.seq, pending);
        PendingMessage older = byKey.put(pending.key(), pending);
        if (older != null) {
            // The author sent it again after a loss. The client acknowledges the message once, for both Seqs.
            bySeq.remove(older.seq, older);
        }
        emittedSeq = pending.seq;
    }

    /** Adds a receipt that is being emitted. */
    void addReceipt(long seq) {
        lastReceiptSeq = seq;
        emittedSeq = seq;
    }

    /** Skips the Seqs up to this one: there is nothing to emit or to confirm. */
    void skipTo(long seq) {
        emittedSeq = seq;
    }

    /** Forgets everything behind this Seq, because the queue has gone back and will assign those Seqs again. */
    void rewindTo(long seq) {
        emittedSeq = seq;
        lastReceiptSeq = Math.min(lastReceiptSeq, seq);
        receiptsArrivedSeq = Math.min(receiptsArrivedSeq, seq);
        emittedAtHeartbeat = Math.min(emittedAtHeartbeat, seq);
        cursor = Math.min(cursor, seq);
        List<PendingMessage> lost = List.copyOf(bySeq.tailMap(seq, false).values());
        lost.forEach(this::remove);
    }

    @Nullable
    PendingMessage find(long seq) {
        return bySeq.get(seq);
    }

    @Nullable
    PendingMessage find(MessageKey key) {
        return byKey.get(key);
    }

    /** The unconfirmed messages, by Seq. */
    public Collection<PendingMessage> pending() {
        return bySeq.values();
    }

    /** Called when the client acknowledged the event with this Seq: all receipts emitted before it have arrived. */
    void onAcknowledged(long seq) {
        if (seq <= emittedSeq) {
            receiptsArrivedSeq = Math.max(receiptsArrivedSeq, seq);
        }
    }

    /**
     * Called at each heartbeat of the client. All events emitted before the previous heartbeat have arrived: the pong
     * of an Engine.IO 4 client follows the server's ping, and an Engine.IO 3 client sends its next ping only after the
     * server's pong.
     */
    void onHeartbeat() {
        receiptsArrivedSeq = Math.max(receiptsArrivedSeq, emittedAtHeartbeat);
        emittedAtHeartbeat = emittedSeq;
    }

    /** Removes a message whose receipt is stored. */
    void remove(PendingMessage confirmed) {
        bySeq.remove(confirmed.seq, confirmed);
        byKey.remove(confirmed.key(), confirmed);
    }

    /** The Seq up to which everything is confirmed; never goes back. */
    public long cursor() {
        long upTo = bySeq.isEmpty() ? emittedSeq : bySeq.firstKey() - 1;
        if (lastReceiptSeq > receiptsArrivedSeq) {
            upTo = Math.min(upTo, receiptsArrivedSeq);
        }
        cursor = Math.max(cursor, upTo);
        return cursor;
    }

    /**
     * The delivered watermark after this message was acknowledged: the position up to which all messages of its author
     * in the conversation are acknowledged. The watermark must not pass a message that is still on its way, so the
     * result is null while an older message is not acknowledged.
     */
    @Nullable
    MessagePosition deliveredUpTo(PendingMessage acknowledged) {
        // Stored in the message, because storing its receipt may be retried.
        acknowledged.deliveredUpTo = MessagePosition.later(acknowledged.deliveredUpTo, newlyDelivered(acknowledged));
        return acknowledged.deliveredUpTo;
    }

    private @Nullable MessagePosition newlyDelivered(PendingMessage acknowledged) {
        MarkKey key = MarkKey.of(acknowledged);
        MessagePosition oldestOpen = oldestUnacknowledged(key);
        MessagePosition early = acknowledgedEarly.get(key);
        if (oldestOpen != null && acknowledged.position.isBehind(oldestOpen)) {
            acknowledgedEarly.merge(key, acknowledged.position, (one, other) -> other.isBehind(one) ? other : one);
            return null;
        }
        if (early == null || oldestOpen != null && early.isBehind(oldestOpen)) {
            return acknowledged.position;
        }
        acknowledgedEarly.remove(key);
        return MessagePosition.later(early, acknowledged.position);
    }

    /** The position of the oldest message that is not acknowledged; null when there is none. */
    private @Nullable MessagePosition oldestUnacknowledged(MarkKey key) {
        MessagePosition oldest = null;
        for (PendingMessage each : bySeq.values()) {
            if (!each.isAcknowledged()
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
