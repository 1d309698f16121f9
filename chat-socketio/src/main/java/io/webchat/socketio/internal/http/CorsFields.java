package io.webchat.socketio.internal.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields that tell a browser what a page of another origin may do. */
final class CorsFields {
    /** The header fields of a response that a page of another origin may read. */
    private static final String EXPOSED =
            "Accept-Ranges, Allow, Content-Disposition, Content-Range, ETag, Location, Retry-After, WWW-Authenticate,"
                    + " X-Request-Id";

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");
    private static final String FIELDS = "Authorization, Content-Type, If-None-Match, If-Range, Range, X-Request-Id";
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private CorsFields() {}

    /**
     * Adds the fields to a response.
     *
     * @param allowed the origin that may read the response, or {@code *}; null if none may
     */
    static void add(HttpHeaders headers, @Nullable String allowed) {
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (allowed == null) {
            return;
        }
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if (!allowed.equals("*")) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    static boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Returns the answer to the preflight of a permitted origin. It may use each method and field that it asks for. */
    static FullHttpResponse preflight(HttpRequest request) {
        HttpHeaders asked = request.headers();
        String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD, "");
        String fields = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "");
        String methods = String.join(", ", METHODS);
        FullHttpResponse response = NettyResponses.empty(204);
        response.headers()
                .set(
                        HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
                        METHODS.contains(method) || !isList(method, "") ? methods : methods + ", " + method)
                .set(
                        HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                        isList(fields, ", \t") ? FIELDS + ", " + fields : FIELDS)
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600")
                .add(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)
                .add(HttpHeaderNames.VARY, HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        return response;
    }

    private static boolean isList(String text, String separators) {
        return !text.isBlank()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || TOKEN_MARKS.indexOf(c) >= 0
                                || separators.indexOf(c) >= 0);
    }
}
