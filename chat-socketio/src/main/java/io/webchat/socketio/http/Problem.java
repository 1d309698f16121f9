package io.webchat.socketio.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Errors as RFC 9457 {@code application/problem+json}, with the stable {@code code} that clients decide by. */
public final class Problem {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            413, "Content Too Large",
            429, "Too Many Requests",
            500, "Internal Server Error",
            503, "Service Unavailable");

    private Problem() {}

    /**
     * Returns an error response.
     *
     * @param status the status code
     * @param code the stable code, such as {@code not_found}
     * @param detail one sentence for people; it must hold nothing secret
     */
    public static HttpResponse of(int status, String code, String detail) {
        String json = "{\"type\":\"about:blank\",\"title\":" + quoted(TITLES.getOrDefault(status, "Error"))
                + ",\"status\":" + status + ",\"code\":" + quoted(code) + ",\"detail\":" + quoted(detail) + "}";
        return HttpResponse.of(status, "application/problem+json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
