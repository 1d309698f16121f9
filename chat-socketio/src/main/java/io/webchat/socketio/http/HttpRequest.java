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

/** One HTTP request with its whole body. Immutable, except for the bytes of the body, which belong to the handler. */
public final class HttpRequest {
    /** The header field with the {@link #id()} of a request. */
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
     * Makes a request. Useful for servers and for tests of handlers.
     *
     * @param method the method, such as {@code GET}
     * @param path the decoded path without the query, starting with a slash
     * @param query the decoded query parameters, each with its values in order
     * @param headers the header fields, names in any case
     * @param body the bytes of the body, possibly none
     * @param remoteAddress the address of the client, as far as trusted proxies tell it
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

    /**
     * Returns the {@link #id()} of a request.
     *
     * @param sent the value of the field {@link #ID_FIELD}; null if the request has none
     */
    public static String idOf(@Nullable String sent) {
        return sent != null && ID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /**
     * Returns the id of this request in logs and problems. It is the client's {@code X-Request-Id}, or a random id if
     * that is missing or not 1 to 128 characters of {@code A–Z a–z 0–9 . _ -}. The response carries it in the same
     * field.
     */
    public String id() {
        return id;
    }

    /** Returns the method in capitals. It is {@code HEAD} even if a {@code GET} route answers the request. */
    public String method() {
        return method.toUpperCase(Locale.ROOT);
    }

    /** Returns the decoded path without the query. It starts with a slash. */
    public String path() {
        return path;
    }

    /** Returns the first value of a query parameter, decoded; empty if there is none. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all values of a query parameter, decoded and in order; an empty list if there is none. */
    public List<String> queries(String name) {
        return List.copyOf(query.getOrDefault(name, List.of()));
    }

    /** Returns the first value of a header field; empty if there is none. Case does not matter in the name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns all values of a header field, in order; an empty list if there is none. Case does not matter. */
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    /** Returns the bytes of the body without copying them; an empty array if there is no body. */
    public byte[] body() {
        return body;
    }

    /** Returns the body as UTF-8 text. Malformed bytes become replacement characters. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the address of the client; of the last proxy in front of this server, unless that proxy is trusted. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }
}
