package io.webchat.socketio.internal.http.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a web page in its normal form.
 *
 * @param scheme the scheme in lower case
 * @param authority host and port; without the default port of the scheme
 */
public record WebOrigin(String scheme, Authority authority) {
    private static final String SEPARATOR = "://";

    /** Returns the origin that a browser sent; null if it is none with a host. */
    public static @Nullable WebOrigin parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return end <= 0 ? null : of(text.substring(0, end), Authority.parse(text.substring(end + SEPARATOR.length())));
    }

    /**
     * Returns the origin of a setting. It may be written in capitals, with a default port, a final slash or as the URL
     * of a websocket.
     *
     * @throws IllegalArgumentException if no browser sends such an origin; the message says why
     */
    static WebOrigin ofSetting(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end <= 0) {
            throw refused(text, "begins with a scheme, such as https://");
        }
        if (text.contains("*")) {
            throw refused(text, "holds no wildcard: list each origin, or * alone");
        }
        String rest = text.substring(end + SEPARATOR.length());
        Authority authority = Authority.ofSetting(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
        WebOrigin origin = of(text.substring(0, end), authority);
        if (origin == null) {
            throw refused(text, "is a scheme, a host and perhaps a port, and nothing else");
        }
        return origin;
    }

    private static @Nullable WebOrigin of(String written, @Nullable Authority authority) {
        if (authority == null || !written.chars().allMatch(WebOrigin::isSchemePart)) {
            return null;
        }
        String lower = written.toLowerCase(Locale.ROOT);
        String scheme = lower.equals("ws") ? "http" : lower.equals("wss") ? "https" : lower;
        boolean usual = authority.port() == defaultPort(scheme);
        return new WebOrigin(scheme, usual ? new Authority(authority.host(), -1) : authority);
    }

    private static boolean isSchemePart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0;
    }

    private static IllegalArgumentException refused(String text, String rule) {
        return new IllegalArgumentException("the origin " + text + " can never match: an origin " + rule);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    /** Tells whether the scheme is {@code http} or {@code https}. */
    public boolean isHttp() {
        return defaultPort(scheme) > 0;
    }

    /** Returns the port that a browser connects to; -1 for a scheme without one. */
    int port() {
        return authority.port() < 0 ? defaultPort(scheme) : authority.port();
    }

    @Override
    public String toString() {
        return scheme + SEPARATOR + authority;
    }
}
