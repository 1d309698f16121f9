package io.webchat.socketio.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One HTTP request with its whole body; immutable but for the body's bytes, which the receiver owns. */
public final class HttpRequest {
    /** The header field of the request's id. */
    public static final String ID_FIELD = "X-Request-Id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final String method;
    private final String path;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final InetSocketAddress remoteAddress;
    private final String id;

    /**
     * Makes a request; of use to servers and to tests of handlers.
     *
     * @param method the method, such as {@code GET}
     * @param path the decoded path without the query, starting with a slash
     * @param query the decoded query parameters, each with its values in order
     * @param headers the header fields, names in any case
     * @param body the body; empty where there is none
     * @param remoteAddress the peer of the connection, which may be a proxy
     */
    public HttpRequest(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, List<String>> headers,
            byte[] body,
            InetSocketAddress remoteAddress) {
        this.method = method;
        this.path = path;
        this.query = Map.copyOf(query);
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.putAll(headers);
        this.body = body;
        this.remoteAddress = remoteAddress;
        this.id = idOf(header(ID_FIELD).orElse(null));
    }

    /** Returns the {@link #id()} of a request with this field; null where it has none. */
    public static String idOf(@Nullable String sent) {
        return sent != null && ID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /**
     * Returns what names this request in logs and problems: the client's {@code X-Request-Id} where that is 1–128 of
     * {@code A–Z a–z 0–9 . _ -}, else a random one. The server sends it back in the same field.
     */
    public String id() {
        return id;
    }

    /** Returns the method in capitals; a {@code HEAD} that a {@code GET} route answers stays {@code HEAD} here. */
    public String method() {
        return method.toUpperCase(Locale.ROOT);
    }

    /** Returns the decoded path, starting with a slash, without the query. */
    public String path() {
        return path;
    }

    /** Returns the first value of a query parameter, decoded. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all values of a query parameter, decoded, in their order; empty where there is none. */
    public List<String> queries(String name) {
        return List.copyOf(query.getOrDefault(name, List.of()));
    }

    /** Returns the first value of a header field; the name's case does not matter. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all values of a header field in their order, empty where there is none; the name in any case. */
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    /** Returns the body's bytes, empty where there is no body; not copied. */
    public byte[] body() {
        return body;
    }

    /** Returns the body as UTF-8 text; malformed bytes become replacement characters. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the peer of the connection: the client, or the last proxy before this server. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }
}
