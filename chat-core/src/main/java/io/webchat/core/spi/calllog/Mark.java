package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;

/**
 * A watermark: all messages of the author in the conversation up to a position have a status with the reader.
 *
 * @param conversation the conversation
 * @param author the author of the messages
 * @param reader the user who has received or seen them
 * @param status {@code DELIVERED} or {@code DISPLAYED}; {@code SENT} has no effect
 * @param upTo the position of the last message
 */
public record Mark(
        ConversationId conversation, UserId author, UserId reader, MessageStatus status, MessagePosition upTo) {}
