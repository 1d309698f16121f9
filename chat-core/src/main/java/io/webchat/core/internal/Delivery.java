package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.EventKind;
import io.webchat.core.LoggedMessage;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.QueueSlice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits one session's events strictly in Seq order, each once. What is published to it is emitted at once
 * when it is the next; anything else (a hole, a full window, a connection that does not drain) is settled
 * by reading the queue, which is the truth: a publish only ever saves the read. Owned by the session's
 * mailbox.
 */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** How many events that came too early are kept; beyond that the queue is read. */
    private static final int EARLY = 64;

    private static final int READ = 64;

    /** How many Seqs below a queue's head what the call log has is given at most. */
    private static final long ROOM = 1_000_000;

    private final Session session;
    private final DeliveryWindow window;
    private final TreeMap<Long, Envelope> early = new TreeMap<>();

    /** The last Seq that the client says it has; 0 once that is settled. */
    private long claimed;
    /** The last Seq that it can have: such events are confirmed instead of emitted. */
    private long kept;

    /** What is missing between what was emitted and {@code gapEnd}, while it is read from the call log. */
    private @Nullable Recovery recovery;

    private long gapEnd;
    private boolean gapTold;
    /** No session after this one gives places up to here to anything else. */
    private long reserved;

    private long known;
    /** When the last event that this session has passed was stored. */
    private long latest;

    private boolean reading;
    private boolean wanted;
    private boolean gapTimer;
    private boolean retrying;
    private boolean full;
    private boolean stopped;
    private int failures;

    Delivery(Session session, DeliveryWindow window, long claimed) {
        this.session = session;
        this.window = window;
        this.claimed = claimed;
    }

    /** Something was published to this user. */
    void published(Envelope envelope) {
        if (stopped) {
            return;
        }
        if (envelope.seq() <= window.emitted()) {
            if (latest > 0 && envelope.storedAt() > latest && envelope.seq() >= gapEnd) {
                // A place that was given before, to an event that is younger than any; not one of a lost queue.
                wentBack(envelope.seq() - 1);
                read();
            }
            return;
        }
        known = Math.max(known, envelope.seq());
        if (reading || recovery != null || envelope.seq() > window.emitted() + 1) {
            park(envelope);
        } else if (canEmit(envelope.event())) {
            emit(envelope);
            emitEarly();
        }
    }

    /** Emits a signal or notice, which has no place in the order, if there is room on the connection. */
    void passing(Envelope envelope) {
        if (!stopped && session.connection().isWritable()) {
            session.emit(envelope);
        }
    }

    /** Room was made, in the window or on the connection. */
    void resume() {
        // A window that was full is read on in pieces, not one event per confirmation.
        if (full && window.room() * 4 < session.engine().config().window()) {
            return;
        }
        full = false;
        if (behind() || wanted) {
            read();
        }
    }

    /**
     * Looks at the queue for what is not known to be there: after a resubscribe, or a publish that was
     * lost.
     */
    void read() {
        // What was asked for while it could not be done is done later: the answer under way may be older
        // than the question.
        wanted = true;
        if (reading || stopped || window.room() == 0 || !session.connection().isWritable()) {
            return;
        }
        wanted = false;
        reading = true;
        int limit = Math.min(READ, window.room());
        if (recovery == null) {
            session.then(session.engine().backends().read(session.user(), window.emitted(), limit), this::readDone);
        } else {
            session.then(recovery.next(limit), this::recovered);
        }
    }

    void stop() {
        stopped = true;
        early.clear();
    }

    /** Whether there are events behind what was emitted. */
    boolean behind() {
        return window.emitted() < known;
    }

    private void readDone(@Nullable QueueSlice slice, @Nullable Throwable failure) {
        reading = false;
        if (stopped) {
            return;
        }
        if (failure != null || slice == null) {
            retry();
            return;
        }
        long before = window.emitted();
        take(slice);
        if (reading) {
            return;
        }
        if (window.emitted() > before || !behind() || full) {
            failures = 0;
            resume();
        } else {
            // Something was published that the queue does not show: ask again, but not in a loop.
            retry();
        }
    }

    /** One attempt at a time: whatever else asks for a read meanwhile makes no series of its own. */
    private void retry() {
        if (!retrying && !stopped) {
            retrying = true;
            session.later(session.engine().retryDelay(failures++), () -> {
                retrying = false;
                read();
            });
        }
    }

    /**
     * The queue is older than it was, as a replica may be that has taken over: places behind this one are given again.
     * Without this, what gets them would pass for old.
     */
    private void wentBack(long to) {
        log.warn("the queue of {} went back from {} to {}", session.user(), window.emitted(), to);
        window.rewind(to);
        early.clear();
        kept = 0;
    }

    private void take(QueueSlice slice) {
        if (slice.next() <= window.emitted()) {
            // Nothing is emitted while a read is under way: the queue has once held what it does not know now.
            wentBack(slice.next() - 1);
        }
        // A place that the queue has not reached says nothing, or it would swallow what is yet to come.
        kept = claimed < slice.next() ? Math.max(kept, claimed) : kept;
        claimed = 0;
        session.devices(slice.devices());
        known = Math.max(slice.next() - 1, early.isEmpty() ? 0 : early.lastKey());
        if (slice.first() - 1 > window.emitted()) {
            askForPlace(slice);
            return;
        }
        for (Envelope each : slice.events()) {
            if (each.seq() == window.emitted() + 1 && canEmit(each.event())) {
                emit(each);
            }
        }
        emitEarly();
    }

    /**
     * The queue begins behind what was emitted. Nothing is missing where this device confirmed that in a session before
     * this one, whose last confirmations the queue got after this one had asked for its place.
     */
    private void askForPlace(QueueSlice slice) {
        reading = true;
        Backends backends = session.engine().backends();
        session.then(
                backends.attach(session.user(), session.device(), window.emitted()),
                (place, failure) -> placed(slice, place, failure));
    }

    private void placed(QueueSlice slice, @Nullable Attachment place, @Nullable Throwable failure) {
        reading = false;
        if (stopped) {
            return;
        }
        if (failure != null || place == null) {
            retry();
            return;
        }
        window.skip(Math.max(window.emitted(), place.cursor()));
        if (place.cursor() < slice.first() - 1) {
            recover(slice);
        }
        read();
    }

    /** The queue was trimmed before this session had read it, or has lost its data, or has never known this device. */
    private void recover(QueueSlice slice) {
        gapEnd = slice.first();
        reserved = 0;
        // A device that begins has missed nothing that it could know of.
        gapTold = Math.max(window.emitted(), kept) > ChatEngine.FROM_THE_BEGINNING;
        window.skip(Math.max(window.emitted(), Math.max(Math.min(kept, gapEnd - 1), gapEnd - ROOM)));
        Backends backends = session.engine().backends();
        if (backends.logComplete()) {
            recovery = new Recovery(backends, session.user(), slice);
        } else {
            passGap(true);
        }
    }

    private void recovered(@Nullable List<LoggedMessage> messages, @Nullable Throwable failure) {
        if (stopped || failure != null || messages == null) {
            reading = false;
            // What the queue has is younger: it has to wait, or its confirmation would count for this too.
            retry();
        } else if (recovery != null && recovery.outdated()) {
            recovery = null;
            reading = false;
            read();
        } else {
            reserve(messages);
        }
    }

    /**
     * Moves the cursor over the places of these messages, and some more, before they are given: a later session would
     * give them to other messages. That confirms nothing: from the call log comes what that does not call delivered. A
     * queue that was only trimmed has left no more places than it had events, too few to give each once.
     */
    private void reserve(List<LoggedMessage> messages) {
        long upTo = window.emitted() + messages.size() + READ;
        if (messages.isEmpty() || upTo - READ <= reserved || upTo > gapEnd - ROOM / 2) {
            give(messages);
            return;
        }
        session.then(session.moveCursor(upTo), (moved, failure) -> {
            if (failure == null) {
                reserved = upTo;
                give(messages);
            } else {
                session.later(session.engine().retryDelay(failures++), () -> reserve(messages));
            }
        });
    }

    private void give(List<LoggedMessage> messages) {
        reading = false;
        if (stopped) {
            return;
        }
        failures = 0;
        boolean placed = messages.stream().allMatch(this::emitRecovered);
        if (messages.isEmpty() || !placed) {
            passGap(placed);
        }
        full = window.room() == 0;
        read();
    }

    /** False where the gap has no place left for it. */
    private boolean emitRecovered(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        if (window.find(MessageKey.of(message)) != null) {
            // On its way already.
            return true;
        }
        if (window.emitted() + 1 >= gapEnd) {
            return false;
        }
        session.engine().observer().recovered();
        long storedAt = logged.storedAt();
        ChatEvent.Message copy = message.room() == null ? message : message.copyTo(session.user(), storedAt);
        emit(Envelope.stored(window.emitted() + 1, storedAt, copy));
        return true;
    }

    /** Goes on behind the gap, telling the client where something is missing that it could know of. */
    private void passGap(boolean complete) {
        recovery = null;
        long missing = gapEnd - 1 - window.emitted();
        window.skip(gapEnd - 1);
        if (!complete || (gapTold && missing > 0)) {
            session.engine().observer().gap(Math.max(missing, 1));
            String text = "events up to here are no longer queued; the call log has the messages";
            ChatEvent.Notice notice = ChatEvent.Notice.of(EventKind.GAP, session.user(), text);
            long now = System.currentTimeMillis();
            // The last place in the gap may have gone to a message.
            session.emit(missing > 0 ? Envelope.stored(gapEnd - 1, now, notice) : Envelope.passing(notice));
        }
        session.passed();
    }

    private void park(Envelope envelope) {
        early.put(envelope.seq(), envelope);
        if (early.size() > EARLY) {
            early.pollLastEntry();
            wanted = true;
        }
        if (!reading && !gapTimer) {
            gapTimer = true;
            session.later(session.engine().config().gapWait(), this::gapWaited);
        }
    }

    private void gapWaited() {
        gapTimer = false;
        if (!early.isEmpty() && behind() && !reading && !stopped) {
            session.engine().observer().queueReread();
            read();
        }
    }

    private void emitEarly() {
        while (!early.isEmpty()) {
            Map.Entry<Long, Envelope> next = early.firstEntry();
            if (next.getKey() > window.emitted() + 1) {
                return;
            }
            if (next.getKey() == window.emitted() + 1) {
                if (!canEmit(next.getValue().event())) {
                    return;
                }
                emit(next.getValue());
            }
            early.pollFirstEntry();
        }
    }

    private boolean canEmit(ChatEvent event) {
        if (event.kind() == EventKind.MESSAGE && window.room() == 0) {
            full = true;
            return false;
        }
        return session.connection().isWritable();
    }

    private void emit(Envelope envelope) {
        latest = Math.max(latest, envelope.storedAt());
        if (envelope.event() instanceof ChatEvent.Message message) {
            if (session.device().equals(message.fromDevice())) {
                // This device's own message, on its way to the user's other devices.
                window.skip(envelope.seq());
                return;
            }
            window.message(envelope, message);
            if (envelope.seq() <= kept) {
                // Like any other confirmation: its author has to hear of it before the cursor moves.
                session.confirm(envelope.seq());
                return;
            }
        } else if (envelope.seq() <= kept) {
            window.skip(envelope.seq());
            return;
        } else {
            window.receipt(envelope.seq());
        }
        session.emit(envelope);
    }
}
