package io.webchat.core.spi;

/**
 * Where an event stands in the queue.
 *
 * @param seq its place
 * @param storedAt when it was stored, Unix milliseconds
 * @param duplicate whether it was there before
 */
public record Appended(long seq, long storedAt, boolean duplicate) {}
