package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.dynamo.internal.table.TableKeys;

/** The keys of messages, amendments and conversation entries, in the table and in its index. */
final class CallLogKeys {
    static final String MESSAGES = "M#";
    static final String AMENDMENTS = "A#";
    static final String ENTRIES = "C#";
    static final String TIMES = "T#";

    private CallLogKeys() {}

    /** The partition of a conversation's messages. */
    static String conversation(ConversationId id) {
        return "C#" + id.value();
    }

    /** The sort key of a message. */
    static String message(MessagePosition position) {
        return MESSAGES + text(position);
    }

    /** The position of the message that has this sort key. */
    static MessagePosition position(String message) {
        return ofText(message.substring(MESSAGES.length()));
    }

    /** The sort key of an amendment. */
    static String amendment(MessagePosition position) {
        return AMENDMENTS + text(position);
    }

    /** The position of the amendment that has this sort key. */
    static MessagePosition ofAmendment(String amendment) {
        return ofText(amendment.substring(AMENDMENTS.length()));
    }

    /** The position as a text. These texts sort as positions do. */
    static String text(MessagePosition position) {
        return startOf(position.storedAt()) + position.author().value() + "#"
                + position.id().value();
    }

    /** The position of which this is the {@link #text}. */
    static MessagePosition ofText(String text) {
        String[] parts = text.split("#", -1);
        return new MessagePosition(Long.parseLong(parts[0]), UserId.of(parts[1]), MessageId.of(parts[2]));
    }

    /** A text between those of the positions before this time and those from this time on. */
    static String startOf(long storedAt) {
        return TableKeys.time(storedAt) + "#";
    }

    /** A text between those of the positions up to this time, given as digits, and those of later times. */
    static String endOf(String time) {
        return time + "$";
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
        return listed(TableKeys.time(position.lastAt()), position.id());
    }

    /** The index sort key of a conversation whose latest message has this time, as digits. */
    static String listed(String lastAt, ConversationId id) {
        return TIMES + lastAt + "#" + id.value();
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
