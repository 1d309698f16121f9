package io.webchat.core.internal.delivery;

import io.webchat.core.internal.async.SessionTasks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Moves the device's cursor in the queue up to the window's. One call is under way at a time, and the next one waits a
 * little, so that one call serves several confirmations of a busy client. Only the session's mailbox may call it.
 */
final class CursorAdvance {
    /** The time between two calls. After a crash, the messages of so long come again, and the client drops them. */
    static final Duration PAUSE = Duration.ofMillis(50);

    private enum State {
        IDLE,
        MOVING,
        PAUSED
    }

    /** Moves the cursor in the queue. */
    interface Move {
        /** Moves the cursor to this Seq of this epoch; returns whether the queue is still in the epoch. */
        CompletableFuture<Boolean> to(long epoch, long seq);
    }

    private final DeliveryWindow window;
    private final Move move;
    private final SessionTasks tasks;
    private final Runnable onNewEpoch;
    private State state = State.IDLE;
    private boolean ended;

    /**
     * The cursor of a session.
     *
     * @param onNewEpoch called when the queue has begun another epoch
     */
    CursorAdvance(DeliveryWindow window, Move move, SessionTasks tasks, Runnable onNewEpoch) {
        this.window = window;
        this.move = move;
        this.tasks = tasks;
        this.onNewEpoch = onNewEpoch;
    }

    /** Moves the cursor soon, if the window has moved on. */
    void advance() {
        if (state != State.IDLE || !window.hasMoved()) {
            return;
        }
        state = State.MOVING;
        long epoch = window.epoch();
        long upTo = window.cursor();
        tasks.whenDone(move.to(epoch, upTo), (present, failure) -> {
            state = State.IDLE;
            if (failure != null || present == null) {
                // The next confirmation or heartbeat tries again. Until then a new session of the device would only
                // get duplicates.
                return;
            }
            if (present) {
                window.onCursorStored(epoch, upTo);
                next();
            } else {
                onNewEpoch.run();
            }
        });
    }

    private void next() {
        if (ended) {
            advance();
        } else {
            state = State.PAUSED;
            tasks.runLater(PAUSE, this::endPause);
        }
    }

    /** Moves the cursor without the pause, if the window has moved on. */
    void endPause() {
        if (state == State.PAUSED) {
            state = State.IDLE;
        }
        advance();
    }

    /** The session ends: moves the cursor a last time. */
    void end() {
        ended = true;
        endPause();
    }
}
