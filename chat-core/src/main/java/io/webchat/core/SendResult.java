package io.webchat.core;

import io.webchat.core.ids.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a send: the event is stored.
 *
 * @param id the message that was sent, or that the receipt is about; null for a signal
 * @param seq the Seq of the copy in the sender's own queue, for the sender's other devices; 0 without a copy
 * @param storedAt the time when the server stored it, Unix milliseconds; for a resend the time of the first; 0 for a
 *     signal
 * @param duplicate whether the event was stored before
 */
public record SendResult(@Nullable MessageId id, long seq, long storedAt, boolean duplicate) {}
