package io.webchat.socketio.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP response with its whole body. Immutable: do not change the bytes of the body after you pass them in.
 *
 * <p>The server sets the header fields for length, connection and CORS itself.
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
     * @param body the bytes, which are not copied
     */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", contentType), body);
    }

    /** Returns a JSON response. The text must be valid JSON. */
    public static HttpResponse json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy with one more header field. It replaces a field of the same name. */
    public HttpResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, Collections.unmodifiableMap(more), body);
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the header fields, in the order in which they were added. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the bytes of the body without copying them. */
    public byte[] body() {
        return body;
    }
}
