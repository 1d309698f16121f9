package io.webchat.redis.testing;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that a proxy causes at present. */
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

    /** The time at which bytes that are read now may be written, on the clock of {@link System#nanoTime()}. */
    long due() {
        return System.nanoTime() + delayNanos;
    }

    /** Waits until that time has come and the direction is open. */
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

    /** Says how many of these bytes may be written, and whether their connection ends with them. */
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
            // In one step: the connection that loses bytes has to be the connection that is closed.
            left.remove(direction);
            return new Allowance((int) Math.min(remaining, bytes), true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The permitted part of some bytes.
     *
     * @param bytes how many bytes may be written
     * @param last whether the connection is closed after them
     */
    record Allowance(int bytes, boolean last) {}
}
