package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPlace;
import io.webchat.core.ErrorCode;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePlace;
import io.webchat.core.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opaque page cursors: places as text. They hold nothing that their reader has not seen, and who changes one only asks
 * for another place in what they may read anyway; so they are checked, and not signed.
 */
final class Cursors {
    private static final String SEPARATOR = " ";

    private Cursors() {}

    static String of(MessagePlace place) {
        return encode(place.storedAt(), place.author().value(), place.id().value());
    }

    static String of(ConversationPlace place) {
        return encode(place.lastAt(), place.id().value());
    }

    /** The place, or null for the empty cursor; {@code bad_request} for a cursor that is none. */
    static @Nullable MessagePlace message(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        List<String> parts = decode(cursor, 3);
        try {
            return new MessagePlace(Long.parseLong(parts.get(0)), UserId.of(parts.get(1)), MessageId.of(parts.get(2)));
        } catch (ChatException | NumberFormatException e) {
            throw none(e);
        }
    }

    /** The place, or null for the empty cursor; {@code bad_request} for a cursor that is none. */
    static @Nullable ConversationPlace conversation(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        List<String> parts = decode(cursor, 2);
        try {
            return new ConversationPlace(Long.parseLong(parts.get(0)), ConversationId.of(parts.get(1)));
        } catch (ChatException | NumberFormatException e) {
            throw none(e);
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
            throw none(e);
        }
        throw none(null);
    }

    private static ChatException none(@Nullable Exception cause) {
        return new ChatException(ErrorCode.BAD_REQUEST, "the cursor is none of this server's", cause);
    }
}
