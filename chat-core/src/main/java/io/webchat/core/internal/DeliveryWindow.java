package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one session has emitted and not had confirmed: at most {@code size} messages. Of receipts, which
 * nobody answers one by one, it keeps two numbers only. Plain data, owned by the session's mailbox.
 */
final class DeliveryWindow {
    /** What one watermark is about: one author's messages in one conversation. */
    private record Part(ConversationId conversation, UserId author) {
        static Part of(Pending pending) {
            return new Part(pending.conversation(), pending.message.from());
        }
    }

    private final int size;
    private final TreeMap<Long, Pending> bySeq = new TreeMap<>();
    private final Map<MessageKey, Pending> byKey = new HashMap<>();
    /** The latest message that was answered before an older one. */
    private final Map<Part, Long> answeredEarly = new HashMap<>();

    private long emitted;
    private long lastReceipt;
    private long receiptsKeptUpTo;
    private long emittedAtHeartbeat;
    private long cursor;

    /** A window behind {@code cursor}, where everything up to it has been confirmed. */
    DeliveryWindow(int size, long cursor) {
        this.size = size;
        this.cursor = cursor;
        this.emitted = cursor;
    }

    /** How many more messages may be emitted. */
    int room() {
        return size - bySeq.size();
    }

    /** The last Seq that was emitted, or skipped. */
    long emitted() {
        return emitted;
    }

    void message(Envelope envelope, ChatEvent.Message message) {
        Pending pending = new Pending(envelope.seq(), envelope.storedAt(), message);
        bySeq.put(pending.seq, pending);
        Pending older = byKey.put(pending.key(), pending);
        if (older != null) {
            // Its author sent it again after a loss: an answer that names the message is given once, for both.
            bySeq.remove(older.seq, older);
        }
        emitted = pending.seq;
    }

    void receipt(long seq) {
        lastReceipt = seq;
        emitted = seq;
    }

    /** There is nothing to emit, or to confirm, up to this Seq. */
    void skip(long seq) {
        emitted = seq;
    }

    /** The queue has gone back: what was emitted or confirmed behind this Seq are places that it gives again. */
    void rewind(long to) {
        emitted = to;
        lastReceipt = Math.min(lastReceipt, to);
        receiptsKeptUpTo = Math.min(receiptsKeptUpTo, to);
        emittedAtHeartbeat = Math.min(emittedAtHeartbeat, to);
        cursor = Math.min(cursor, to);
        List<Pending> lost = List.copyOf(bySeq.tailMap(to, false).values());
        lost.forEach(this::confirmed);
    }

    @Nullable
    Pending find(long seq) {
        return bySeq.get(seq);
    }

    @Nullable
    Pending find(MessageKey key) {
        return byKey.get(key);
    }

    Collection<Pending> pending() {
        return bySeq.values();
    }

    /** The client answered the event with this Seq, so the receipts emitted before it have arrived. */
    void answered(long seq) {
        if (seq <= emitted) {
            receiptsKeptUpTo = Math.max(receiptsKeptUpTo, seq);
        }
    }

    /**
     * The client is alive. What was emitted before the previous heartbeat has arrived: an Engine.IO 4
     * client's pong follows our ping, and an Engine.IO 3 client sends its next ping only after our pong to
     * the one before.
     */
    void heartbeat() {
        receiptsKeptUpTo = Math.max(receiptsKeptUpTo, emittedAtHeartbeat);
        emittedAtHeartbeat = emitted;
    }

    /** The message's receipt is stored. */
    void confirmed(Pending done) {
        bySeq.remove(done.seq, done);
        byKey.remove(done.key(), done);
    }

    /** The Seq up to which everything is confirmed; never goes back. */
    long cursor() {
        long upTo = bySeq.isEmpty() ? emitted : bySeq.firstKey() - 1;
        if (lastReceipt > receiptsKeptUpTo) {
            upTo = Math.min(upTo, receiptsKeptUpTo);
        }
        cursor = Math.max(cursor, upTo);
        return cursor;
    }

    /**
     * Up to when its author's messages in the conversation have all been answered, now that {@code done} was: the
     * delivered watermark, which must not pass a message that is still on its way. 0 where an older one is.
     */
    long deliveredUpTo(Pending done) {
        // Kept with the message, since a receipt that could not be stored is tried again.
        done.deliveredUpTo = Math.max(done.deliveredUpTo, newlyDelivered(done));
        return done.deliveredUpTo;
    }

    private long newlyDelivered(Pending done) {
        Part part = Part.of(done);
        long hole = oldestUnanswered(part);
        if (hole < done.loggedAt) {
            answeredEarly.merge(part, done.loggedAt, Math::max);
            return 0;
        }
        Long early = answeredEarly.get(part);
        if (early == null || early > hole) {
            return done.loggedAt;
        }
        answeredEarly.remove(part);
        return Math.max(early, done.loggedAt);
    }

    /** When it was logged; for ever where all are answered. */
    private long oldestUnanswered(Part part) {
        long oldest = Long.MAX_VALUE;
        for (Pending each : bySeq.values()) {
            if (!each.answered() && each.loggedAt < oldest && Part.of(each).equals(part)) {
                oldest = each.loggedAt;
                if (each.message.loggedAt() == 0) {
                    // By the queue's own time, which grows with the Seq.
                    return oldest;
                }
            }
        }
        return oldest;
    }
}
