package io.webchat.core.spi;

/**
 * A device's place in its user's queue.
 *
 * @param cursor the Seq up to which the device has confirmed
 * @param generation grows with each attach of the device, over restarts too
 * @param devices how many devices of the user are known, this one included
 */
public record Attachment(long cursor, long generation, int devices) {}
