package io.webchat.core.spi;

/**
 * The result of appending an event to a queue.
 *
 * @param seq the event's Seq
 * @param storedAt the time when it was stored, Unix milliseconds
 * @param duplicate whether it was in the queue before
 */
public record Appended(long seq, long storedAt, boolean duplicate) {}
