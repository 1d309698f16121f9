package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of heap that a store in memory holds, against the most that it may hold. A bound in messages alone
 * is none: 10 000 messages in each of 100 000 conversations are more than any heap. Safe for use by several threads.
 */
final class ByteBudget {
    private static final int PART_OF_HEAP = 4;
    /** A message's objects, its ids and its place in the indexes, without its text. */
    private static final int MESSAGE = 600;

    private static final int BYTES_PER_CHAR = 2;

    private final AtomicLong used = new AtomicLong();
    private final long max;

    /** A budget of so many bytes. */
    ByteBudget(long max) {
        this.max = max;
    }

    /** A quarter of the largest heap of this JVM. */
    static ByteBudget quarterOfHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** The heap that a stored message takes, rounded up: a text of ASCII takes half of what is counted. */
    static long sizeOf(ChatEvent.Message message) {
        return MESSAGE + (long) BYTES_PER_CHAR * message.text().length();
    }

    /** Notes that so many bytes are held more, or less if negative. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    /** Whether more is held than may be. */
    boolean isExceeded() {
        return used.get() > max;
    }

    /** The bytes that are held now. */
    long used() {
        return used.get();
    }
}
