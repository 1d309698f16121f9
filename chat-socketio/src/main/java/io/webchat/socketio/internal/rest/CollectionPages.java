package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Cuts a whole collection into pages, ordered by id. The cursor is the last id of a page, so it stays valid. */
final class CollectionPages {
    private CollectionPages() {}

    static <T> Page<T> page(Collection<T> all, Function<T, String> idOf, RestCall call) {
        String after = decoded(call.cursor("cursor"));
        int limit = call.limit();
        List<T> found = all.stream()
                .filter(each -> idOf.apply(each).compareTo(after) > 0)
                .sorted(Comparator.comparing(idOf))
                .limit(limit + 1L)
                .toList();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(found.subList(0, limit), encoded(idOf.apply(found.get(limit - 1))));
    }

    private static String encoded(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw invalidCursor(e);
        }
        throw invalidCursor(new IllegalArgumentException("not an id"));
    }

    private static ChatException invalidCursor(Exception cause) {
        return new ChatException(ErrorCode.BAD_REQUEST, "this server did not issue the cursor", cause);
    }
}
