package io.webchat.core.internal.delivery;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.internal.backend.MessageKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events of one epoch that a session has emitted and the client has not confirmed yet: at most {@code size}
 * messages. Only the session's mailbox may use it.
 */
public final class DeliveryWindow {
    /** The epoch of a window that has not begun yet. */
    private static final long NO_EPOCH = -1;

    private final int size;
    private final TreeMap<Long, PendingMessage> bySeq = new TreeMap<>();
    private final Map<MessageKey, PendingMessage> byKey = new HashMap<>();
    private final DeliveredMarks marks = new DeliveredMarks(bySeq.values());
    private final EmittedReceipts receipts = new EmittedReceipts();
    private long epoch = NO_EPOCH;
    private long emittedSeq;
    /** The Seqs that the cursor must not pass, because only a newer node can deliver their events. */
    private final TreeSet<Long> held = new TreeSet<>();

    private long cursor;
    /** The cursor as the queue has it. */
    private long queueCursor;

    /** An empty window for this number of messages, which {@link #begin begins} with an epoch. */
    public DeliveryWindow(int size) {
        this.size = size;
    }

    /** Forgets everything and begins in this epoch; everything up to {@code start} is confirmed. */
    void begin(long number, long start) {
        epoch = number;
        bySeq.clear();
        byKey.clear();
        marks.clear();
        emittedSeq = start;
        receipts.clear();
        held.clear();
        cursor = start;
        queueCursor = start;
    }

    /** Whether the window has begun. */
    boolean hasBegun() {
        return epoch != NO_EPOCH;
    }

    /** The number of the epoch that all Seqs are of. */
    long epoch() {
        return epoch;
    }

    /** Whether the queue does not have the cursor yet. */
    boolean hasMoved() {
        return hasBegun() && cursor() != queueCursor;
    }

    /** The queue has got the cursor of this epoch. */
    void onCursorStored(long number, long upTo) {
        if (number == epoch) {
            queueCursor = upTo;
        }
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
        receipts.onEmitted(seq);
        emittedSeq = seq;
    }

    /** Skips the Seqs up to this one: there is nothing to emit or to confirm. */
    void skipTo(long seq) {
        emittedSeq = seq;
    }

    /** Passes over an event that must stay in the queue. */
    void hold(long seq) {
        held.add(seq);
        emittedSeq = seq;
    }

    /** Whether an event that must stay in the queue is before this one. */
    boolean isBehindHeld(long seq) {
        return !held.isEmpty() && held.first() < seq;
    }

    /** The queue has no events before this Seq any more; returns whether the cursor may move for that reason. */
    boolean onHead(long head) {
        boolean freed = isBehindHeld(head);
        held.headSet(head).clear();
        return freed;
    }

    /** Skips the Seqs up to this one, whose events are no longer in the queue. */
    void skipRemoved(long seq) {
        held.headSet(seq, true).clear();
        skipTo(seq);
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
            receipts.onAcknowledged(seq);
        }
    }

    /**
     * Called at each heartbeat of the client. All events emitted before the previous heartbeat have arrived: the pong
     * of an Engine.IO 4 client follows the server's ping, and an Engine.IO 3 client sends its next ping only after the
     * server's pong.
     */
    void onHeartbeat() {
        receipts.onHeartbeat(emittedSeq);
    }

    /** Removes a message whose receipt is stored. */
    void remove(PendingMessage confirmed) {
        bySeq.remove(confirmed.seq, confirmed);
        byKey.remove(confirmed.key(), confirmed);
    }

    /** The Seq up to which everything is confirmed; never goes back within an epoch. */
    public long cursor() {
        long upTo = bySeq.isEmpty() ? emittedSeq : bySeq.firstKey() - 1;
        upTo = Math.min(upTo, receipts.limit());
        if (!held.isEmpty()) {
            upTo = Math.min(upTo, held.first() - 1);
        }
        cursor = Math.max(cursor, upTo);
        return cursor;
    }

    /**
     * The delivered watermark after the receipt of this message was stored: the position up to which the receipts of
     * all messages of its author in the conversation are stored. The watermark must not pass a message without a stored
     * receipt, so the result is null while there is an older one.
     */
    @Nullable
    MessagePosition deliveredUpTo(PendingMessage stored) {
        return marks.upTo(stored);
    }
}
