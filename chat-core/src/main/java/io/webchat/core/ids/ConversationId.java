package io.webchat.core.ids;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.Optional;
import java.util.Set;

/**
 * The id of a conversation: the pair of users of a 1:1 chat, or a room. The text of a pair is {@code alice~bob}, the
 * smaller id first, and that of a room {@code ~room}. Neither kind of id can contain a {@code ~}, so no two
 * conversations share a text.
 *
 * @param value the text of the id
 */
public record ConversationId(String value) {
    private static final char SEPARATOR = '~';

    /**
     * Checks the value.
     *
     * @throws ChatException {@code bad_request} when it is neither a pair of users, smaller id first, nor a room
     */
    public ConversationId {
        int at = value.indexOf(SEPARATOR);
        if (at < 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "a conversation id contains a ~");
        }
        if (at == 0) {
            RoomId.of(value.substring(1));
        } else if (UserId.of(value.substring(0, at)).compareTo(UserId.of(value.substring(at + 1))) > 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "a conversation id names the smaller user id first");
        }
    }

    /**
     * Returns the id with this text.
     *
     * @throws ChatException {@code bad_request} when the text has another form
     */
    public static ConversationId of(String value) {
        return new ConversationId(value);
    }

    /** Returns the 1:1 conversation of two users, in any order. */
    public static ConversationId direct(UserId one, UserId other) {
        boolean ordered = one.compareTo(other) <= 0;
        return new ConversationId(
                (ordered ? one.value() : other.value()) + SEPARATOR + (ordered ? other.value() : one.value()));
    }

    /** Returns the conversation of a room. */
    public static ConversationId room(RoomId room) {
        return new ConversationId(SEPARATOR + room.value());
    }

    /** Whether this is a 1:1 conversation. */
    public boolean isDirect() {
        return value.charAt(0) != SEPARATOR;
    }

    /** Returns the two users of a 1:1 conversation; one user if somebody writes to themselves; none for a room. */
    public Set<UserId> users() {
        if (!isDirect()) {
            return Set.of();
        }
        int at = value.indexOf(SEPARATOR);
        UserId first = UserId.of(value.substring(0, at));
        UserId second = UserId.of(value.substring(at + 1));
        return first.equals(second) ? Set.of(first) : Set.of(first, second);
    }

    /** Returns the room; empty for a 1:1 conversation. */
    public Optional<RoomId> roomId() {
        return isDirect() ? Optional.empty() : Optional.of(RoomId.of(value.substring(1)));
    }

    @Override
    public String toString() {
        return value;
    }
}
