package io.webchat.core.spi.attachments;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.ShortDigest;

/**
 * The message for which a file is kept: the only one that may name it.
 *
 * @param conversation the conversation of the message
 * @param message the message; its author is the owner of the file
 */
public record AttachmentUse(ConversationId conversation, MessageRef message) {
    /** The use of a file by this message. */
    public static AttachmentUse by(ChatEvent.Message message) {
        return new AttachmentUse(message.conversation(), MessageRef.to(message));
    }

    /** The author of the message, to whom the file must belong. */
    public UserId owner() {
        return message.from();
    }

    /** A text that only this message has: 22 of {@code A–Z a–z 0–9 _ -}. */
    public String key() {
        return ShortDigest.of(conversation + " " + message.from() + " " + message.id());
    }
}
