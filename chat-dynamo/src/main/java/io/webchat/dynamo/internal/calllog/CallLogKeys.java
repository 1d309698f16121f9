package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePosition;
import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.TableKeys;

/** The keys of messages and conversation entries, in the table and in its index. */
final class CallLogKeys {
    static final String MESSAGES = "M#";
    static final String ENTRIES = "C#";
    static final String TIMES = "T#";

    private CallLogKeys() {}

    /** The partition of a conversation's messages. */
    static String conversation(ConversationId id) {
        return "C#" + id.value();
    }

    /** The sort key of a message. */
    static String message(MessagePosition position) {
        return from(position.storedAt()) + position.author().value() + "#"
                + position.id().value();
    }

    /** A sort key that is smaller than those of all messages stored at this time or later. */
    static String from(long storedAt) {
        return MESSAGES + TableKeys.time(storedAt) + "#";
    }

    /** The position of the message that has this sort key. */
    static MessagePosition position(String message) {
        String[] parts = message.split("#", -1);
        return new MessagePosition(Long.parseLong(parts[1]), UserId.of(parts[2]), MessageId.of(parts[3]));
    }

    /** The index partition of one message, found by its author and MsgID. */
    static String named(ConversationId conversation, UserId author, MessageId id) {
        return namedBy(conversation, author) + id.value();
    }

    /** The start of the index partitions of this author's messages. */
    static String namedBy(ConversationId conversation, UserId author) {
        return "I#" + conversation.value() + "#" + author.value() + "#";
    }

    /** The sort key of a user's entry for a conversation. */
    static String entry(ConversationId conversation) {
        return ENTRIES + conversation.value();
    }

    /** The conversation of the entry that has this sort key. */
    static ConversationId conversationOf(String entry) {
        return ConversationId.of(entry.substring(ENTRIES.length()));
    }

    /** The index sort key of a conversation in a user's list. */
    static String listed(ConversationPosition position) {
        return TIMES + TableKeys.time(position.lastAt()) + "#" + position.id().value();
    }

    /** The time in a key that {@link #listed} returned. */
    static long listedAt(String listed) {
        return Long.parseLong(listed.substring(TIMES.length(), TIMES.length() + TableKeys.TIME_DIGITS));
    }

    /** The index partition of a room's entries, read when the room is erased. */
    static String watermarks(ConversationId room) {
        return "W#" + room.value();
    }
}
