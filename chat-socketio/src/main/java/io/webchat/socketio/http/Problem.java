package io.webchat.socketio.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Error responses as RFC 9457 {@code application/problem+json}. Clients decide by the stable {@code code}. */
public final class Problem {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    private Problem() {}

    /**
     * Returns an error response.
     *
     * @param status the status code
     * @param code the stable code, such as {@code not_found}
     * @param detail one sentence for people, without secrets
     */
    public static HttpResponse of(int status, String code, String detail) {
        return of(status, code, detail, null);
    }

    /**
     * Returns an error response.
     *
     * @param status the status code
     * @param code the stable code, such as {@code not_found}
     * @param detail one sentence for people, without secrets
     * @param requestId the {@link HttpRequest#id()}, which is also in the server's log; null to leave it out
     */
    public static HttpResponse of(int status, String code, String detail, @Nullable String requestId) {
        String json = "{\"type\":\"about:blank\",\"title\":" + quoted(TITLES.getOrDefault(status, "Error"))
                + ",\"status\":" + status + ",\"code\":" + quoted(code) + ",\"detail\":" + quoted(detail)
                + (requestId == null ? "" : ",\"requestId\":" + quoted(requestId)) + "}";
        return HttpResponse.of(status, "application/problem+json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
