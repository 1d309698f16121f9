package io.webchat.core.events;

import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;

/**
 * Names a message of a conversation, for example the one that a reply answers. On the wire it is {@code { "From":
 * "alice", "MsgID": "m1" }}.
 *
 * @param from the author of that message
 * @param id the id that the author chose
 */
public record MessageRef(UserId from, MessageId id) {
    /** Returns the reference to this message. */
    public static MessageRef to(ChatEvent.Message message) {
        return new MessageRef(message.from(), message.id());
    }
}
