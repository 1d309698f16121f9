package io.webchat.socketio.internal.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may use the server: its own pages, and pages of the listed origins. Clients other than
 * browsers send no origin and are always allowed.
 */
public final class OriginPolicy {
    private static final String ANY = "*";

    private final Set<String> allowed;

    /**
     * Makes a policy.
     *
     * @param allowed origins such as {@code https://chat.example}; {@code *} allows all
     */
    public OriginPolicy(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * Tells whether a request is allowed.
     *
     * @param origin the value of {@code Origin}; null if the request has none
     * @param host the value of {@code Host}; null if the request has none
     */
    boolean permits(@Nullable String origin, @Nullable String host) {
        return origin == null || isListed(origin) || isSame(origin, host);
    }

    /** Returns the value of {@code Access-Control-Allow-Origin} for that origin; null to leave the field out. */
    @Nullable
    String allowHeader(String origin) {
        return allowed.contains(origin) ? origin : allowed.contains(ANY) ? ANY : null;
    }

    private boolean isListed(String origin) {
        return allowed.contains(ANY) || allowed.contains(origin);
    }

    /** The schemes are not compared: behind a proxy that ends TLS, the server does not know its own scheme. */
    private static boolean isSame(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        if (scheme < 0 || host == null) {
            return false;
        }
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return withPort(origin.substring(scheme + 3), port).equals(withPort(host, port));
    }

    private static String withPort(String authority, String port) {
        String lower = authority.toLowerCase(Locale.ROOT);
        // A colon inside brackets belongs to an IPv6 address.
        return lower.lastIndexOf(':') > lower.lastIndexOf(']') ? lower : lower + port;
    }
}
