package io.webchat.socketio.internal.rest;

import io.webchat.core.CallLogs;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import io.webchat.socketio.http.HttpRequest;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A request that a user may make.
 *
 * @param user who asks
 * @param request what was sent
 * @param path the values of the path's variables
 */
record RestCall(UserId user, HttpRequest request, Map<String, String> path) {
    private static final int DEFAULT_LIMIT = 50;

    JsonBody body() {
        return JsonBody.of(request);
    }

    /** The id in the path; what cannot be one names nothing, and is {@code not_found} like it. */
    <T> T id(String name, Function<String, T> parse) {
        try {
            return parse.apply(Objects.requireNonNull(path.get(name)));
        } catch (ChatException malformed) {
            throw new ChatException(ErrorCode.NOT_FOUND, "there is nothing of this id");
        }
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

    /** A cursor in the query; an empty text where there is none. */
    String cursor(String name) {
        return request.query(name).orElse("");
    }
}
