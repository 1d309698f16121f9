package io.webchat.core.internal.delivery;

import io.webchat.core.events.Envelope;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueSlice;
import org.jspecify.annotations.Nullable;

/**
 * Emits the events of one session strictly by Seq, each once. A published event is emitted at once when it is the next
 * one. In every other case (a missing Seq, a full window, a connection that is not writable) the session reads the
 * queue, which is the truth: a publish only saves a read. When the queue has begun a new epoch, the session attaches
 * again and begins anew at its cursor. Only the session's mailbox may call it.
 */
public final class Delivery {
    private static final int READ_LIMIT = 64;

    private final DeliveryContext context;
    private final DeliveryWindow window;
    private final Outlet outlet;
    private final EventEmitter emitter;
    private final EarlyEvents early = new EarlyEvents();
    private DeliveryState state = DeliveryState.BUSY;
    /** The last Seq that the queue has, as far as the session knows. */
    private long queuedSeq;

    private int failures;

    /** The delivery of a session, which {@link #start} starts. */
    public Delivery(DeliveryContext context, DeliveryWindow window, Outlet outlet) {
        this.context = context;
        this.window = window;
        this.outlet = outlet;
        this.emitter = new EventEmitter(context, window, outlet);
    }

    /**
     * Starts at the device's cursor.
     *
     * @param attached the state of the device; if the queue is not restored yet, the delivery waits for that
     * @param after the last Seq that the client claims to have, 0 for none
     */
    public void start(AttachedDevice attached, long after) {
        if (state == DeliveryState.STOPPED) {
            return;
        }
        emitter.onClaimed(after);
        if (attached.epoch().restored()) {
            onAttached(attached, 0);
            readNow();
        } else {
            attach(0);
        }
    }

    /** An event of the queue was published to this user. */
    public void onPublished(Envelope envelope) {
        if (envelope.epoch() > window.epoch()) {
            read();
        } else if (envelope.epoch() == window.epoch() && envelope.seq() > window.emittedSeq()) {
            queuedSeq = Math.max(queuedSeq, envelope.seq());
            switch (state) {
                case BUSY, BUSY_OUTDATED -> park(envelope);
                case IDLE, GAP, RETRY -> emitOrAwait(envelope);
                // It is read from the queue later.
                case FULL, UNWRITABLE, STOPPED -> {}
            }
        }
    }

    private void emitOrAwait(Envelope envelope) {
        if (envelope.seq() > window.emittedSeq() + 1) {
            park(envelope);
            if (state == DeliveryState.IDLE) {
                awaitMissing();
            }
        } else if (!emitter.emitIfPossible(envelope)) {
            state = obstacle();
        } else {
            emitEarly();
            if (state == DeliveryState.GAP && early.isEmpty()) {
                state = DeliveryState.IDLE;
            }
        }
    }

    private void awaitMissing() {
        state = DeliveryState.GAP;
        context.tasks().runLater(context.config().gapWait(), () -> {
            if (state == DeliveryState.GAP) {
                context.observer().queueReread();
                read();
            }
        });
    }

    private void park(Envelope envelope) {
        if (!early.add(envelope)) {
            state = state == DeliveryState.BUSY ? DeliveryState.BUSY_OUTDATED : state;
        }
    }

    /** Emits a signal or a notice, which has no Seq; drops it while the connection is not writable. */
    public void emitTransient(Envelope envelope) {
        if (state != DeliveryState.STOPPED && outlet.isWritable()) {
            outlet.emit(envelope);
        }
    }

    /** Goes on after the window or the connection has gained capacity. */
    public void resume() {
        // After a full window the queue is read in batches, not one event per confirmation.
        boolean enough = window.capacity() * 4 >= context.config().window();
        if (state == DeliveryState.UNWRITABLE || (state == DeliveryState.FULL && enough)) {
            read();
        }
    }

    /** Reads the queue, to find events whose publish was lost. */
    public void read() {
        switch (state) {
            case BUSY, BUSY_OUTDATED -> state = DeliveryState.BUSY_OUTDATED;
            case RETRY, STOPPED -> {}
            case IDLE, GAP, FULL, UNWRITABLE -> readNow();
        }
    }

    private void readNow() {
        state = obstacle();
        if (state == DeliveryState.IDLE) {
            state = DeliveryState.BUSY;
            int limit = Math.min(READ_LIMIT, window.capacity());
            context.tasks().whenDone(context.backends().read(context.user(), window.emittedSeq(), limit), this::onRead);
        }
    }

    /** The state in which nothing can be emitted for now; IDLE if it can. */
    private DeliveryState obstacle() {
        DeliveryState free = outlet.isWritable() ? DeliveryState.IDLE : DeliveryState.UNWRITABLE;
        return window.capacity() == 0 ? DeliveryState.FULL : free;
    }

    /** Emits nothing any more. */
    public void stop() {
        state = DeliveryState.STOPPED;
        early.clear();
    }

    /** Whether the queue has events behind the last one emitted, or may have. */
    public boolean isBehind() {
        return !window.hasBegun() || window.emittedSeq() < queuedSeq;
    }

    private void onRead(@Nullable QueueSlice slice, @Nullable Throwable failure) {
        if (state == DeliveryState.STOPPED) {
            return;
        }
        if (failure != null || slice == null) {
            retryLater();
        } else if (!slice.epoch().restored() || slice.epoch().number() != window.epoch()) {
            attach(0);
        } else {
            onSlice(slice);
        }
    }

    private void onSlice(QueueSlice slice) {
        emitter.checkClaim(slice.next());
        outlet.onDeviceCount(slice.devices());
        queuedSeq = Math.max(slice.next() - 1, early.lastSeq());
        if (slice.first() - 1 > window.emittedSeq()) {
            // Nothing is missing if an earlier session of the device has confirmed these events meanwhile.
            attach(slice.first());
            return;
        }
        emitter.onHead(slice.first());
        long before = window.emittedSeq();
        for (Envelope each : slice.events()) {
            if (each.seq() == window.emittedSeq() + 1 && !emitter.emitIfPossible(each)) {
                break;
            }
        }
        emitEarly();
        boolean stuck = isBehind() && window.emittedSeq() == before;
        failures = stuck ? failures : 0;
        if (state == DeliveryState.BUSY_OUTDATED || (isBehind() && !stuck)) {
            readNow();
        } else if (stuck && obstacle() == DeliveryState.IDLE) {
            // An event was published and the queue does not show it: read again, but not in a loop.
            retryLater();
        } else {
            state = stuck ? obstacle() : DeliveryState.IDLE;
        }
    }

    private void emitEarly() {
        Envelope next = early.behind(window.emittedSeq());
        while (next != null && emitter.emitIfPossible(next)) {
            next = early.behind(window.emittedSeq());
        }
    }

    private void retryLater() {
        state = DeliveryState.RETRY;
        context.tasks().runLater(context.backoff().delay(failures++), () -> {
            if (state == DeliveryState.RETRY) {
                readNow();
            }
        });
    }

    /** Attaches again; {@code head} is the first Seq of the queue if events before it are missing, or 0. */
    private void attach(long head) {
        state = DeliveryState.BUSY;
        long after = window.emittedSeq();
        context.tasks().whenDone(context.cursor().attach(after), (attached, failure) -> {
            if (failure != null || attached == null) {
                if (state != DeliveryState.STOPPED) {
                    retryLater();
                }
            } else if (state != DeliveryState.STOPPED) {
                onAttached(attached, head);
                readNow();
            }
        });
    }

    private void onAttached(AttachedDevice attached, long head) {
        if (attached.epoch().number() != window.epoch()) {
            early.clear();
            queuedSeq = 0;
            emitter.begin(attached);
            return;
        }
        window.skipTo(Math.max(window.emittedSeq(), attached.cursor()));
        if (head - 1 > window.emittedSeq()) {
            emitter.skipRemoved(head);
        }
    }
}
