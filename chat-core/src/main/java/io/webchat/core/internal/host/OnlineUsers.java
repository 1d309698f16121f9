package io.webchat.core.internal.host;

import io.webchat.core.ChatException;
import io.webchat.core.ChatHost;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.Page;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells who is connected: to this node by its sessions, to any node by the router. */
final class OnlineUsers {
    private static final int MAX_PARALLEL = 64;

    private final BackendCalls backends;
    private final Supplier<Collection<UserId>> connected;

    /**
     * The connected users.
     *
     * @param connected the users with a session on this node
     */
    OnlineUsers(BackendCalls backends, Supplier<Collection<UserId>> connected) {
        this.backends = backends;
        this.connected = connected;
    }

    /** Returns one page of the users of this node. */
    Page<UserId> page(String cursor, int limit) {
        if (limit < 1 || limit > ChatHost.MAX_USERS) {
            throw bad("limit must be 1 to " + ChatHost.MAX_USERS, null);
        }
        UserId after = cursor.isEmpty() ? null : decoded(cursor);
        List<UserId> found = connected.get().stream()
                .filter(each -> after == null || each.compareTo(after) > 0)
                .sorted()
                .limit(limit + 1L)
                .toList();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), encoded(found.get(limit - 1)));
    }

    private static String encoded(UserId last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.value().getBytes(StandardCharsets.UTF_8));
    }

    private static UserId decoded(String cursor) {
        try {
            return UserId.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | ChatException e) {
            throw bad("this cursor is not valid; use one that this node returned", e);
        }
    }

    private static ChatException bad(String detail, @Nullable Exception cause) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail, cause);
    }

    /** Returns those of these users who are connected to any node. */
    CompletableFuture<Set<UserId>> of(Collection<UserId> users) {
        Set<UserId> asked = Set.copyOf(users);
        if (asked.size() > ChatHost.MAX_USERS) {
            throw bad("at most " + ChatHost.MAX_USERS + " users at once", null);
        }
        return Fanout.matching(List.copyOf(asked), MAX_PARALLEL, null, backends::isOnline)
                .thenApply(Set::copyOf);
    }
}
