package io.webchat.dynamo;

import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePosition;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;

/**
 * The keys of the table and of its index. Texts of DynamoDB are ordered by their bytes, and {@code #} is smaller than
 * whatever an id may hold: so the order of the keys is the order of the places that they are made of.
 */
final class Keys {
    static final String PK = "pk";
    static final String SK = "sk";
    static final String INDEX = "lookup";
    static final String INDEX_PK = "gpk";
    static final String INDEX_SK = "gsk";
    static final String EXPIRES = "expires";

    static final String MESSAGES = "M#";
    static final String ENTRIES = "C#";
    static final String TIMES = "T#";
    static final String ROOMS = "R#";
    static final String MEMBERS = "U#";
    static final String BLOCKS = "B#";
    static final String META = "META";
    static final String PROFILE = "PROFILE";
    static final String HEAD = "HEAD";
    static final String EVENTS = "E#";
    static final String SENT = "S#";

    private static final long MAX_TIME = 999_999_999_999_999L;
    private static final int DIGITS = 15;
    private static final int SEQ_DIGITS = 16;

    private Keys() {}

    /** Fifteen digits: milliseconds until the year 33658. */
    static String time(long millis) {
        String digits = Long.toString(Math.max(0, Math.min(MAX_TIME, millis)));
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    static String conversation(ConversationId id) {
        return "C#" + id.value();
    }

    static String message(MessagePosition place) {
        return from(place.storedAt()) + place.author().value() + "#"
                + place.id().value();
    }

    /** What every message of that time, and every later one, is greater than. */
    static String from(long storedAt) {
        return MESSAGES + time(storedAt) + "#";
    }

    /** The place that {@link #message} made this key of. */
    static MessagePosition place(String message) {
        String[] parts = message.split("#", -1);
        return new MessagePosition(Long.parseLong(parts[1]), UserId.of(parts[2]), MessageId.of(parts[3]));
    }

    /** Where the index has a message. */
    static String named(ConversationId conversation, UserId author, MessageId id) {
        return namedBy(conversation, author) + id.value();
    }

    /** Where the index has the messages of this author. */
    static String namedBy(ConversationId conversation, UserId author) {
        return "I#" + conversation.value() + "#" + author.value() + "#";
    }

    static String user(UserId user) {
        return "U#" + user.value();
    }

    static String entry(ConversationId conversation) {
        return ENTRIES + conversation.value();
    }

    /** Where the index has a user's conversation. */
    static String listed(ConversationPosition place) {
        return TIMES + time(place.lastAt()) + "#" + place.id().value();
    }

    /** The time in what {@link #listed} made. */
    static long listedAt(String listed) {
        return Long.parseLong(listed.substring(TIMES.length(), TIMES.length() + DIGITS));
    }

    /** Where the index has the entries of a room, so that they can be erased. */
    static String watermarks(ConversationId room) {
        return "W#" + room.value();
    }

    static String queue(UserId user) {
        return "Q#" + user.value();
    }

    /** Where an event of a queue is: 16 digits, as many as a Seq may have. */
    static String event(long seq) {
        String digits = Long.toString(seq);
        return EVENTS + "0".repeat(Math.max(0, SEQ_DIGITS - digits.length())) + digits;
    }

    /** The Seq that {@link #event} made this key of. */
    static long seq(String event) {
        return Long.parseLong(event.substring(EVENTS.length()));
    }

    static String sent(Fingerprint sent) {
        return SENT + sent.name();
    }

    static String room(RoomId room) {
        return ROOMS + room.value();
    }

    static String member(UserId user) {
        return MEMBERS + user.value();
    }

    static String block(UserId user) {
        return BLOCKS + user.value();
    }
}
