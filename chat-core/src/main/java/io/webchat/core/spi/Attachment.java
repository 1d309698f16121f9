package io.webchat.core.spi;

/**
 * The state of a device after it was attached to its user's queue.
 *
 * @param cursor the Seq up to which the device has confirmed
 * @param generation a number that grows with each attach of the device, also after a restart
 * @param devices the number of devices of the user that the queue knows, including this one
 */
public record Attachment(long cursor, long generation, int devices) {}
