package io.webchat.socketio.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP response. Its body is in memory as a whole, or is read in pieces from a {@link ResponseBody}. Immutable: do
 * not change the bytes of the body after you pass them in.
 *
 * <p>The server sets the header fields for length, connection and CORS itself.
 */
public final class HttpResponse {
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable ResponseBody stream;

    private HttpResponse(int status, Map<String, String> headers, byte[] body, @Nullable ResponseBody stream) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.stream = stream;
    }

    /** Returns a response without a body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, Map.of(), NO_BODY, null);
    }

    /**
     * Returns a response with a body.
     *
     * @param status the status code
     * @param contentType the value of {@code Content-Type}
     * @param body the bytes, which are not copied
     */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", contentType), body, null);
    }

    /**
     * Returns a response whose body is read while the client takes it. Whoever drops the response closes the body.
     *
     * @param status the status code
     * @param contentType the value of {@code Content-Type}
     * @param body the source of the bytes
     */
    public static HttpResponse of(int status, String contentType, ResponseBody body) {
        return new HttpResponse(status, Map.of("Content-Type", contentType), NO_BODY, body);
    }

    /** Returns a JSON response. The text must be valid JSON. */
    public static HttpResponse json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy with one more header field. It replaces a field of the same name. */
    public HttpResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, Collections.unmodifiableMap(more), body, stream);
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the header fields, in the order in which they were added. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the bytes of the body without copying them; none if {@link #stream} has them. */
    public byte[] body() {
        return body;
    }

    /** Returns the source of a body that is read in pieces; empty if {@link #body} has all of it. */
    public Optional<ResponseBody> stream() {
        return Optional.ofNullable(stream);
    }

    /** Returns the number of bytes of the body. */
    public long length() {
        return stream == null ? body.length : stream.length();
    }
}
