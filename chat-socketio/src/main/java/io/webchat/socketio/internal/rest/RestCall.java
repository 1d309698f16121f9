package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.JsonBody;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One call of a REST operation by an authenticated user.
 *
 * @param principal the user of the token, with what the application knows about them
 * @param request the request
 * @param path the values of the variables in the path
 */
record RestCall(Principal principal, HttpRequest request, Map<String, String> path) {
    /** The path segment that names the caller. It is no user id. */
    static final String ME = "me";

    private static final int DEFAULT_LIMIT = 50;

    /** The user of the token. */
    UserId user() {
        return principal.user();
    }

    JsonBody body() {
        return JsonBody.of(request);
    }

    /** Returns the id in the path. A malformed id fails with {@code not_found}, as an unknown id does. */
    <T> T id(String name, Function<String, T> parse) {
        try {
            return parse.apply(Objects.requireNonNull(path.get(name)));
        } catch (ChatException malformed) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is nothing with this id");
        }
    }

    /** Returns the user id in the path; {@code me} is the caller. A malformed id fails with {@code not_found}. */
    UserId user(String name) {
        return id(name, text -> text.equals(ME) ? user() : UserId.of(text));
    }

    int limit() {
        return request.query("limit").map(RestCall::limit).orElse(DEFAULT_LIMIT);
    }

    private static int limit(String digits) {
        if (digits.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(digits);
            if (limit >= 1 && limit <= CallLogs.MAX_LIMIT) {
                return limit;
            }
        }
        throw new ChatException(ErrorCode.BAD_REQUEST, "limit must be 1 to " + CallLogs.MAX_LIMIT);
    }

    /** Returns a cursor in the query; an empty string if there is none. */
    String cursor(String name) {
        return request.query(name).orElse("");
    }
}
