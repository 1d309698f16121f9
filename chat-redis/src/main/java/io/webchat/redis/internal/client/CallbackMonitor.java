package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Finds a callback that blocks the thread of a connection. Many short callbacks in a row are not reported, nor is a
 * process that did not run at all for a while.
 */
final class CallbackMonitor {
    private static final int CHECKS = 3;

    /** Odd while a callback runs, another number for each callback. Written by the thread of the connection only. */
    private final AtomicLong turn = new AtomicLong();

    private final LongSupplier nanoTime;

    // Used by the thread of the monitor only.
    private long seen;
    private long since;
    private int checks;
    private boolean reported;

    CallbackMonitor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Runs a callback. */
    void run(Runnable callback) {
        turn.setRelease(turn.getPlain() + 1);
        try {
            callback.run();
        } finally {
            turn.setRelease(turn.getPlain() + 1);
        }
    }

    /**
     * Returns true once for each callback that takes longer than this, so that at least three checks met it. Several
     * checks, because after a pause of the whole process the first check may come before the callback goes on.
     */
    boolean findsBlocked(Duration limit) {
        long now = nanoTime.getAsLong();
        long current = turn.getAcquire();
        if (current % 2 == 0 || current != seen) {
            seen = current;
            since = now;
            checks = 1;
            reported = false;
            return false;
        }
        checks++;
        boolean blocked = !reported && checks >= CHECKS && now - since > limit.toNanos();
        reported |= blocked;
        return blocked;
    }
}
