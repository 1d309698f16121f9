package io.webchat.core.memory;

import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of heap that a store in memory holds, against the most that it may hold. A bound in messages alone
 * is none: 10 000 messages in each of 100 000 conversations are more than any heap. Safe for use by several threads.
 */
final class ByteBudget {
    private static final int PART_OF_HEAP = 4;
    /** A message's objects, its ids and its place in the indexes, without its content. */
    private static final int MESSAGE = 600;

    /** A profile's objects, its owner's id and its place in the index, without its texts. */
    private static final int PROFILE = 400;
    /** An attribute's objects, without its texts. */
    private static final int ATTRIBUTE = 120;
    /** The objects of an event in a queue, beyond the bytes that the queue counts for it. */
    static final int QUEUED = 400;
    /** An event that is remembered for resends. */
    static final int RESEND = 350;
    /** An amendment that the call log has recorded, without its content. */
    static final int AMENDMENT = 600;
    /** A blocked user in the list of another. */
    static final int BLOCK = 200;

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
        return MESSAGE + (long) BYTES_PER_CHAR * message.content().length();
    }

    /** The heap that a stored profile takes, rounded up. */
    static long sizeOf(Profile profile) {
        long chars = profile.name().length();
        for (Map.Entry<String, String> each : profile.attributes().entrySet()) {
            chars += each.getKey().length() + each.getValue().length();
        }
        return PROFILE + (long) ATTRIBUTE * profile.attributes().size() + BYTES_PER_CHAR * chars;
    }

    /** Notes that so many bytes are held more, or less if negative, unless that would be more than may be. */
    boolean tryAdd(long bytes) {
        if (used.addAndGet(bytes) <= max || bytes <= 0) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Notes that so many bytes are held more, or less if negative. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    /** Whether more is held than may be. */
    boolean isExceeded() {
        return used.get() > max;
    }
}
