package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes positions as opaque page cursors. A cursor contains nothing that its reader has not seen. A reader who
 * changes it only asks for another position in a conversation that they may read. So a cursor is checked, and not
 * signed.
 */
final class PageCursors {
    private static final String SEPARATOR = " ";

    private PageCursors() {}

    static String of(MessagePosition position) {
        return encode(
                position.storedAt(), position.author().value(), position.id().value());
    }

    static String of(ConversationPosition position) {
        return encode(position.lastAt(), position.id().value());
    }

    /** Decodes a cursor; the empty cursor gives null, and an invalid one {@code bad_request}. */
    static @Nullable MessagePosition messagePosition(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        List<String> parts = decode(cursor, 3);
        try {
            return new MessagePosition(
                    Long.parseLong(parts.get(0)), UserId.of(parts.get(1)), MessageId.of(parts.get(2)));
        } catch (ChatException | NumberFormatException e) {
            throw invalid(e);
        }
    }

    /** Decodes a cursor; the empty cursor gives null, and an invalid one {@code bad_request}. */
    static @Nullable ConversationPosition conversationPosition(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        List<String> parts = decode(cursor, 2);
        try {
            return new ConversationPosition(Long.parseLong(parts.get(0)), ConversationId.of(parts.get(1)));
        } catch (ChatException | NumberFormatException e) {
            throw invalid(e);
        }
    }

    private static String encode(long time, String... names) {
        String plain = time + SEPARATOR + String.join(SEPARATOR, names);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> decode(String cursor, int parts) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> found = List.of(plain.split(SEPARATOR, -1));
            if (found.size() == parts) {
                return found;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
        throw invalid(null);
    }

    private static ChatException invalid(@Nullable Exception cause) {
        return new ChatException(
                ErrorCode.BAD_REQUEST, "this cursor is not valid; use one that this server returned", cause);
    }
}
