package io.webchat.core.spi;

import io.webchat.core.ConversationId;
import io.webchat.core.MessageStatus;
import io.webchat.core.UserId;

/**
 * What the author wrote in the conversation up to a time has come this far with the reader.
 *
 * @param conversation where
 * @param author whose messages
 * @param reader who has them, or has seen them
 * @param status {@code DELIVERED} or {@code DISPLAYED}; {@code SENT} marks nothing
 * @param upTo the time in the call log of the last one, Unix milliseconds
 */
public record Mark(ConversationId conversation, UserId author, UserId reader, MessageStatus status, long upTo) {}
