package io.webchat.core.spi.support;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of heap that a store in memory holds, against the most that it may hold. A bound in messages alone
 * is none: 10 000 messages in each of 100 000 conversations are more than any heap. Safe for use by several threads.
 */
public final class ByteBudget {
    private final AtomicLong used = new AtomicLong();
    private final String objects;
    private final long max;

    /**
     * Makes a budget.
     *
     * @param objects the plural name of the objects that the budget is for, such as {@code rooms}
     * @param max the number of bytes
     * @throws IllegalArgumentException when there are none
     */
    public ByteBudget(String objects, long max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more");
        }
        this.objects = objects;
        this.max = max;
    }

    /**
     * Notes that so many bytes more are held, or less if negative.
     *
     * @throws ChatException {@code queue_full} when that would be more than the budget; nothing is noted then
     */
    public void take(long bytes) {
        if (!tryTake(bytes)) {
            throw full();
        }
    }

    /** Notes that so many bytes more are held, or less if negative, unless that would be more than the budget. */
    public boolean tryTake(long bytes) {
        if (used.addAndGet(bytes) <= max || bytes <= 0) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Notes that so many bytes more are held, or less if negative, even beyond the budget. */
    public void add(long bytes) {
        used.addAndGet(bytes);
    }

    /** Whether more is held than the budget. */
    public boolean isExceeded() {
        return used.get() > max;
    }

    /** The number of bytes that are held. */
    public long used() {
        return used.get();
    }

    /** Makes the failure of a call for which there is no capacity. */
    public ChatException full() {
        return new ChatException(
                ErrorCode.QUEUE_FULL, "the " + objects + " of this node already hold " + max + " bytes, their limit");
    }
}
