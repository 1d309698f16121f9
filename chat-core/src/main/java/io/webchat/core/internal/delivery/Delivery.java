package io.webchat.core.internal.delivery;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.EventKind;
import io.webchat.core.LoggedMessage;
import io.webchat.core.internal.async.SessionTasks;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.QueueSlice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the events of one session strictly by Seq, each once. A published event is emitted at once when it is the next
 * one. In every other case (a missing Seq, a full window, a connection that is not writable) the session reads the
 * queue, which is the truth: a publish only saves a read. Only the session's mailbox may call it.
 */
public final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** The largest number of events that wait for an earlier Seq; beyond it the queue is read. */
    private static final int MAX_EARLY = 64;

    private static final int READ_LIMIT = 64;

    /** The largest number of messages restored in front of the queue. */
    private static final long MAX_RESTORED = 1_000_000;

    private final DeliveryContext context;
    private final SessionTasks tasks;
    private final DeliveryWindow window;
    private final Outlet outlet;
    private final TreeMap<Long, Envelope> early = new TreeMap<>();

    /** The last Seq that the client claims to have; 0 after the first reading of the queue. */
    private long claimedSeq;
    /** The last Seq that the client can have: events up to it are confirmed instead of emitted. */
    private long receivedSeq;

    /** Reads the messages between the last emitted Seq and {@code gapEnd} from the call log; null without a gap. */
    private @Nullable Recovery recovery;

    private long gapEnd;
    /** Whether the client has received events before the gap, so that it must be told. */
    private boolean reportGap;
    /** The Seq up to which the cursor has moved in advance, so that later sessions do not assign these Seqs again. */
    private long reservedSeq;

    private long lastKnownSeq;
    /** The time of the last event that this session has emitted or skipped. */
    private long latestStoredAt;

    private boolean reading;
    private boolean readWanted;
    private boolean gapTimerRunning;
    private boolean retrying;
    private boolean windowFull;
    private boolean stopped;
    private int failures;

    /** The delivery of a session; {@code claimedSeq} is the last Seq that the client claims to have, 0 for none. */
    public Delivery(DeliveryContext context, DeliveryWindow window, Outlet outlet, long claimedSeq) {
        this.context = context;
        this.tasks = context.tasks();
        this.window = window;
        this.outlet = outlet;
        this.claimedSeq = claimedSeq;
    }

    /** An event of the queue was published to this user. */
    public void onPublished(Envelope envelope) {
        if (stopped) {
            return;
        }
        if (envelope.seq() <= window.emittedSeq()) {
            if (latestStoredAt > 0 && envelope.storedAt() > latestStoredAt && envelope.seq() >= gapEnd) {
                // The queue has assigned this Seq again, to a younger event. Events of a lost queue are older.
                rewindTo(envelope.seq() - 1);
                read();
            }
            return;
        }
        lastKnownSeq = Math.max(lastKnownSeq, envelope.seq());
        if (reading || recovery != null || envelope.seq() > window.emittedSeq() + 1) {
            parkEarly(envelope);
        } else if (canEmit(envelope.event())) {
            emit(envelope);
            emitEarly();
        }
    }

    /** Emits a signal or a notice, which has no Seq; drops it while the connection is not writable. */
    public void emitTransient(Envelope envelope) {
        if (!stopped && outlet.isWritable()) {
            outlet.emit(envelope);
        }
    }

    /** Goes on after the window or the connection has gained capacity. */
    public void resume() {
        // After a full window the queue is read in batches, not one event per confirmation.
        if (windowFull && window.capacity() * 4 < context.config().window()) {
            return;
        }
        windowFull = false;
        if (isBehind() || readWanted) {
            read();
        }
    }

    /** Reads the queue, to find events whose publish was lost. */
    public void read() {
        // A request that comes during a read is served afterwards, because that read's answer may be older.
        readWanted = true;
        if (reading || stopped || window.capacity() == 0 || !outlet.isWritable()) {
            return;
        }
        readWanted = false;
        reading = true;
        int limit = Math.min(READ_LIMIT, window.capacity());
        if (recovery == null) {
            tasks.whenDone(context.backends().read(context.user(), window.emittedSeq(), limit), this::onRead);
        } else {
            tasks.whenDone(recovery.next(limit), this::onRecovered);
        }
    }

    /** Emits nothing any more. */
    public void stop() {
        stopped = true;
        early.clear();
    }

    /** Whether the queue has events behind the last one emitted. */
    public boolean isBehind() {
        return window.emittedSeq() < lastKnownSeq;
    }

    private void onRead(@Nullable QueueSlice slice, @Nullable Throwable failure) {
        reading = false;
        if (stopped) {
            return;
        }
        if (failure != null || slice == null) {
            retryLater();
            return;
        }
        long before = window.emittedSeq();
        onSlice(slice);
        if (reading) {
            return;
        }
        if (window.emittedSeq() > before || !isBehind() || windowFull) {
            failures = 0;
            resume();
        } else {
            // An event was published and the queue does not show it: read again, but not in a loop.
            retryLater();
        }
    }

    /** Schedules a read. Requests for other reads start no second series of retries. */
    private void retryLater() {
        if (!retrying && !stopped) {
            retrying = true;
            tasks.runLater(context.backoff().delay(failures++), () -> {
                retrying = false;
                read();
            });
        }
    }

    /** Goes back to this Seq, because the queue lost its last events and assigns their Seqs again. */
    private void rewindTo(long seq) {
        log.warn("the queue of {} went back from Seq {} to {}", context.user(), window.emittedSeq(), seq);
        window.rewindTo(seq);
        early.clear();
        receivedSeq = 0;
    }

    private void onSlice(QueueSlice slice) {
        if (slice.next() <= window.emittedSeq()) {
            // Nothing is emitted during a read, so the queue has lost events.
            rewindTo(slice.next() - 1);
        }
        // A claimed Seq that the queue has not reached is ignored; otherwise events to come would be skipped.
        receivedSeq = claimedSeq < slice.next() ? Math.max(receivedSeq, claimedSeq) : receivedSeq;
        claimedSeq = 0;
        outlet.onDeviceCount(slice.devices());
        lastKnownSeq = Math.max(slice.next() - 1, early.isEmpty() ? 0 : early.lastKey());
        if (slice.first() - 1 > window.emittedSeq()) {
            checkCursor(slice);
            return;
        }
        for (Envelope each : slice.events()) {
            if (each.seq() == window.emittedSeq() + 1 && canEmit(each.event())) {
                emit(each);
            }
        }
        emitEarly();
    }

    /**
     * The queue begins behind the last emitted Seq. Nothing is missing if the queue got the last confirmations of an
     * earlier session after this session had attached. So attach again.
     */
    private void checkCursor(QueueSlice slice) {
        reading = true;
        tasks.whenDone(
                context.cursor().attach(window.emittedSeq()),
                (attachment, failure) -> onCursor(slice, attachment, failure));
    }

    private void onCursor(QueueSlice slice, @Nullable Attachment attachment, @Nullable Throwable failure) {
        reading = false;
        if (stopped) {
            return;
        }
        if (failure != null || attachment == null) {
            retryLater();
            return;
        }
        window.skipTo(Math.max(window.emittedSeq(), attachment.cursor()));
        if (attachment.cursor() < slice.first() - 1) {
            startRecovery(slice);
        }
        read();
    }

    /** The queue was trimmed before this session read it, or lost its data, or does not know this device. */
    private void startRecovery(QueueSlice slice) {
        gapEnd = slice.first();
        reservedSeq = 0;
        reportGap = DeviceCursor.hasHistory(Math.max(window.emittedSeq(), receivedSeq));
        window.skipTo(
                Math.max(window.emittedSeq(), Math.max(Math.min(receivedSeq, gapEnd - 1), gapEnd - MAX_RESTORED)));
        if (context.backends().logComplete()) {
            recovery = new Recovery(context.backends(), context.user(), slice);
        } else {
            skipGap(true);
        }
    }

    private void onRecovered(@Nullable List<LoggedMessage> messages, @Nullable Throwable failure) {
        if (stopped || failure != null || messages == null) {
            reading = false;
            // The queue's events are younger. They wait, because confirming them would confirm the missing ones too.
            retryLater();
        } else if (recovery != null && recovery.isOutdated()) {
            recovery = null;
            reading = false;
            read();
        } else {
            reserveSeqs(messages);
        }
    }

    /**
     * Moves the cursor over the Seqs of these messages, and some more, before they are emitted. Otherwise a later
     * session would assign them to other messages. This confirms nothing: the call log restores each message that is
     * not delivered. A queue that was only trimmed has too few free Seqs to use each one once.
     */
    private void reserveSeqs(List<LoggedMessage> messages) {
        long upTo = window.emittedSeq() + messages.size() + READ_LIMIT;
        if (messages.isEmpty() || upTo - READ_LIMIT <= reservedSeq || upTo > gapEnd - MAX_RESTORED / 2) {
            emitRestored(messages);
            return;
        }
        tasks.whenDone(context.cursor().moveTo(upTo), (moved, failure) -> {
            if (failure == null) {
                reservedSeq = upTo;
                emitRestored(messages);
            } else {
                tasks.runLater(context.backoff().delay(failures++), () -> reserveSeqs(messages));
            }
        });
    }

    private void emitRestored(List<LoggedMessage> messages) {
        reading = false;
        if (stopped) {
            return;
        }
        failures = 0;
        boolean complete = messages.stream().allMatch(this::emitRestored);
        if (messages.isEmpty() || !complete) {
            skipGap(complete);
        }
        windowFull = window.capacity() == 0;
        read();
    }

    /** Emits a message from the call log; returns false when the gap has no Seq left for it. */
    private boolean emitRestored(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        if (window.find(MessageKey.of(message)) != null) {
            // It was emitted already and waits for its confirmation.
            return true;
        }
        if (window.emittedSeq() + 1 >= gapEnd) {
            return false;
        }
        context.observer().recovered();
        long storedAt = logged.storedAt();
        ChatEvent.Message copy = message.room() == null ? message : message.copyTo(context.user(), storedAt);
        emit(Envelope.stored(window.emittedSeq() + 1, storedAt, copy));
        return true;
    }

    /** Continues behind the gap. Emits a notice if the client could notice that events are missing. */
    private void skipGap(boolean complete) {
        recovery = null;
        long missing = gapEnd - 1 - window.emittedSeq();
        window.skipTo(gapEnd - 1);
        if (!complete || (reportGap && missing > 0)) {
            context.observer().gap(Math.max(missing, 1));
            String text = "events up to here are no longer queued; the call log has the messages";
            ChatEvent.Notice notice = ChatEvent.Notice.of(EventKind.GAP, context.user(), text);
            long now = System.currentTimeMillis();
            // Without a missing Seq, the last Seq in the gap belongs to a message.
            outlet.emit(missing > 0 ? Envelope.stored(gapEnd - 1, now, notice) : Envelope.passing(notice));
        }
        outlet.advanceCursor();
    }

    private void parkEarly(Envelope envelope) {
        early.put(envelope.seq(), envelope);
        if (early.size() > MAX_EARLY) {
            early.pollLastEntry();
            readWanted = true;
        }
        if (!reading && !gapTimerRunning) {
            gapTimerRunning = true;
            tasks.runLater(context.config().gapWait(), this::onGapTimeout);
        }
    }

    private void onGapTimeout() {
        gapTimerRunning = false;
        if (!early.isEmpty() && isBehind() && !reading && !stopped) {
            context.observer().queueReread();
            read();
        }
    }

    private void emitEarly() {
        while (!early.isEmpty()) {
            Map.Entry<Long, Envelope> next = early.firstEntry();
            if (next.getKey() > window.emittedSeq() + 1) {
                return;
            }
            if (next.getKey() == window.emittedSeq() + 1) {
                if (!canEmit(next.getValue().event())) {
                    return;
                }
                emit(next.getValue());
            }
            early.pollFirstEntry();
        }
    }

    private boolean canEmit(ChatEvent event) {
        if (event.kind() == EventKind.MESSAGE && window.capacity() == 0) {
            windowFull = true;
            return false;
        }
        return outlet.isWritable();
    }

    private void emit(Envelope envelope) {
        latestStoredAt = Math.max(latestStoredAt, envelope.storedAt());
        if (envelope.event() instanceof ChatEvent.Message message) {
            if (context.device().equals(message.fromDevice())) {
                // A copy of this device's own message, for the user's other devices.
                window.skipTo(envelope.seq());
                return;
            }
            window.addMessage(envelope, message);
            if (envelope.seq() <= receivedSeq) {
                // The author must get a receipt before the cursor moves, as after any other confirmation.
                outlet.confirm(envelope.seq());
                return;
            }
        } else if (envelope.seq() <= receivedSeq) {
            window.skipTo(envelope.seq());
            return;
        } else {
            window.addReceipt(envelope.seq());
        }
        outlet.emit(envelope);
    }
}
