package io.webchat.core.internal.delivery;

import io.webchat.core.ClientFeature;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.events.Notice;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.support.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the events of one session to its client, and notes them in the window. Events that the client has on its own
 * word are confirmed instead. Only the session's mailbox may call it.
 */
final class EventEmitter {
    private static final Logger log = LoggerFactory.getLogger(EventEmitter.class);
    private static final LogThrottle warnings = new LogThrottle();

    private final DeliveryContext context;
    private final DeliveryWindow window;
    private final Outlet outlet;
    /** The last Seq that the client has received on its own word; 0 for none. */
    private long receivedSeq;

    EventEmitter(DeliveryContext context, DeliveryWindow window, Outlet outlet) {
        this.context = context;
        this.window = window;
        this.outlet = outlet;
    }

    /** The client claims to have the events up to this Seq. */
    void onClaimed(long seq) {
        receivedSeq = seq;
    }

    /** The next Seq of the queue is known. A claimed Seq that it has not reached is ignored. */
    void checkClaim(long next) {
        receivedSeq = receivedSeq < next ? receivedSeq : 0;
    }

    /** Begins in a new epoch. A device that was known in an earlier one is told. */
    void begin(AttachedDevice attached) {
        boolean claimsEarlier = attached.isOfEarlierEpoch(receivedSeq);
        boolean missed = claimsEarlier || window.hasBegun() || attached.mayHaveMissed();
        receivedSeq = claimsEarlier ? 0 : receivedSeq;
        window.begin(attached.epoch().number(), attached.cursor());
        if (missed) {
            emitGap(attached.cursor(), 0, "the queue lost its latest state; the call log has the messages");
        }
    }

    /** Skips the events before {@code head}, which were removed because the queue was full. The client is told. */
    void skipRemoved(long head) {
        long missing = head - 1 - Math.max(window.emittedSeq(), receivedSeq);
        window.skipRemoved(head - 1);
        if (missing > 0) {
            String detail = missing + " events were removed because the queue was full; the call log has the messages";
            emitGap(head - 1, missing, detail);
        }
        outlet.advanceCursor();
    }

    private void emitGap(long seq, long missing, String detail) {
        context.observer().gap(missing);
        Notice notice = Notice.of(EventKind.GAP, context.user(), detail);
        outlet.emit(Envelope.stored(window.epoch(), seq, System.currentTimeMillis(), notice));
    }

    /** Emits the next event, if the window and the connection have capacity; returns whether it did. */
    boolean emitIfPossible(Envelope envelope) {
        boolean full = envelope.event().kind() == EventKind.MESSAGE && window.capacity() == 0;
        if (full || !outlet.isWritable()) {
            return false;
        }
        emit(envelope);
        return true;
    }

    /** The queue has no events before this Seq any more. The cursor need not wait for those that were held. */
    void onHead(long head) {
        if (window.onHead(head)) {
            outlet.advanceCursor();
        }
    }

    /**
     * Passes over an event. The client is not told the Seqs behind it: a later {@code after} would claim the event that
     * it has not got.
     */
    private void hold(long seq, NodeEvent.Unknown unknown) {
        window.hold(seq);
        if (warnings.permits()) {
            log.warn(
                    "Event {} in the queue of {} is of the unknown kind {}: a newer node will deliver it",
                    seq,
                    context.user(),
                    unknown.name());
        }
    }

    private Envelope told(Envelope envelope) {
        return window.isBehindHeld(envelope.seq()) ? envelope.hidingSeq() : envelope;
    }

    private void emit(Envelope envelope) {
        boolean received = envelope.seq() <= receivedSeq;
        if (envelope.event() instanceof NodeEvent.Unknown unknown) {
            hold(envelope.seq(), unknown);
        } else if (isUnknownToClient(envelope.event()) || isOwn(envelope.event())) {
            window.skipTo(envelope.seq());
        } else if (!(envelope.event() instanceof ChatEvent.Message message)) {
            if (received || envelope.event() instanceof NodeEvent.Erased) {
                window.skipTo(envelope.seq());
            } else {
                window.addReceipt(envelope.seq());
                outlet.emit(told(envelope));
            }
        } else {
            window.addMessage(envelope, message);
            if (received) {
                // The author must get a receipt before the cursor moves, as after any other confirmation.
                outlet.confirm(envelope.seq());
            } else {
                outlet.emit(told(envelope));
            }
        }
    }

    /** Whether the client knows nothing of such events, and would take a deleted message for an empty one. */
    private boolean isUnknownToClient(ChatEvent event) {
        boolean deleted = event instanceof ChatEvent.Message message && message.deletion() != null;
        return (deleted || event instanceof Amendment) && !context.features().contains(ClientFeature.AMEND);
    }

    /** Whether this is a copy of this device's own event, for the user's other devices. */
    private boolean isOwn(ChatEvent event) {
        return event instanceof LoggedEvent logged && context.device().equals(logged.fromDevice());
    }
}
