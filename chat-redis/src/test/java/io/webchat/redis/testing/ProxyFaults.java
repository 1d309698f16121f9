package io.webchat.redis.testing;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The harm that a proxy is told to do at present. */
final class ProxyFaults {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Direction> closed = EnumSet.noneOf(Direction.class);
    private final Map<Direction, Long> left = new EnumMap<>(Direction.class);
    private volatile long delayNanos;

    void close(Direction direction) {
        change(() -> closed.add(direction));
    }

    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    void closeAfter(Direction direction, long bytes) {
        change(() -> left.put(direction, bytes));
    }

    void heal() {
        delayNanos = 0;
        change(() -> {
            closed.clear();
            left.clear();
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** When bytes that were read now may go on, on the clock of {@link System#nanoTime()}. */
    long due() {
        return System.nanoTime() + delayNanos;
    }

    /** Waits for that moment, and until the direction is open. */
    void await(Direction direction, long due) throws InterruptedException {
        lock.lock();
        try {
            long wait = due - System.nanoTime();
            while (wait > 0) {
                wait = changed.awaitNanos(wait);
            }
            while (closed.contains(direction)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many of these bytes may go on, and whether that is the end of their connection. */
    Allowance allow(Direction direction, int bytes) {
        lock.lock();
        try {
            Long remaining = left.get(direction);
            if (remaining == null) {
                return new Allowance(bytes, false);
            }
            if (remaining > bytes) {
                left.put(direction, remaining - bytes);
                return new Allowance(bytes, false);
            }
            // In one step: of several connections, the one that loses bytes has to be the one that is closed.
            left.remove(direction);
            return new Allowance((int) Math.min(remaining, bytes), true);
        } finally {
            lock.unlock();
        }
    }

    /** What may go on. */
    record Allowance(int bytes, boolean last) {}
}
