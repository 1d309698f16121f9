package io.webchat.core;

import org.jspecify.annotations.Nullable;

/**
 * The answer to something a session sent: it is durable now.
 *
 * @param id the message that was sent, or that a receipt is about; null for a signal
 * @param seq the place of the copy in the sender's own queue, which tells the sender's other devices; 0
 *     where there is none
 * @param storedAt when the server stored it, Unix milliseconds, for a resend the time of the first; 0 for a
 *     signal
 * @param duplicate whether this was a resend of what had been stored before
 */
public record SendResult(@Nullable MessageId id, long seq, long storedAt, boolean duplicate) {}
