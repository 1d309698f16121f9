package io.webchat.socketio.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP response with its whole body; immutable but for the body's bytes, which nobody changes after handing
 * them in.
 *
 * <p>Length, connection and CORS fields are the server's business and need not be set.
 */
public final class HttpResponse {
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns a response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, Map.of(), NO_BODY);
    }

    /**
     * Returns a response with a body.
     *
     * @param status the status code
     * @param contentType the value of {@code Content-Type}
     * @param body the bytes, not copied
     */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", contentType), body);
    }

    /** Returns a JSON response; the text must be JSON already. */
    public static HttpResponse json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy with one more header field, which replaces one of the same name. */
    public HttpResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, Collections.unmodifiableMap(more), body);
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the header fields in the order in which they were added. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the body's bytes, not copied. */
    public byte[] body() {
        return body;
    }
}
