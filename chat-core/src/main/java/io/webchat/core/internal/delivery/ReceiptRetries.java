package io.webchat.core.internal.delivery;

import io.webchat.core.CloseReason;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether a session may try again to store a receipt: always while it lasts, and for three minutes after its
 * end. The client may not come back for long, and would not say again what its user has seen. After an order of the
 * application nothing is tried again, because the user may be erased next. Only the session's mailbox may call it.
 */
public final class ReceiptRetries {
    static final Duration AFTER_END = Duration.ofMinutes(3);

    private enum State {
        OPEN,
        ENDED,
        FORBIDDEN
    }

    private final LongSupplier nanoTime;
    private State state = State.OPEN;
    private long endedAt;

    /**
     * The retries of a session that lasts.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public ReceiptRetries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean arePermitted() {
        return switch (state) {
            case OPEN -> true;
            case ENDED -> nanoTime.getAsLong() - endedAt < AFTER_END.toNanos();
            case FORBIDDEN -> false;
        };
    }

    void end(CloseReason reason) {
        state = reason == CloseReason.DISCONNECTED ? State.FORBIDDEN : State.ENDED;
        endedAt = nanoTime.getAsLong();
    }
}
