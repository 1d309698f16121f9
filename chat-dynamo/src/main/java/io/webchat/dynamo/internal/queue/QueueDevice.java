package io.webchat.dynamo.internal.queue;

/**
 * A device of a queue.
 *
 * @param cursor the Seq up to which it has confirmed
 * @param generation grows with each attach
 * @param seen when it last attached or confirmed, Unix microseconds
 */
record QueueDevice(long cursor, long generation, long seen) {
    QueueDevice seenAt(long micros) {
        return new QueueDevice(cursor, generation, Math.max(seen, micros));
    }

    QueueDevice movedTo(long place) {
        return new QueueDevice(place, generation, seen);
    }
}
