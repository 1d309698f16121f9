package io.webchat.socketio.internal.http.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may use the server: its own pages, and pages of the listed origins. Clients other than
 * browsers send no origin and are always allowed.
 */
public final class OriginPolicy {
    private static final String ANY = "*";
    /** The origins that have no host: of a page in a sandbox, and of a page on disk. */
    private static final Set<String> WITHOUT_HOST = Set.of("null", "file://");

    private final boolean any;
    private final Set<String> allowed = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();

    /**
     * Makes a policy.
     *
     * @param configured origins such as {@code https://chat.example}; {@code *} allows all
     * @throws IllegalArgumentException if an origin can never match; the message names all of them
     */
    public OriginPolicy(Collection<String> configured) {
        this.any = configured.stream().map(String::strip).anyMatch(ANY::equals);
        List<String> faults = new ArrayList<>();
        for (String each : configured) {
            try {
                add(each.strip());
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private void add(String text) {
        if (WITHOUT_HOST.contains(text)) {
            allowed.add(text);
        } else if (!text.equals(ANY)) {
            WebOrigin origin = WebOrigin.ofSetting(text);
            allowed.add(origin.toString());
            hosts.add(origin.authority().host());
        }
    }

    /** Tells whether every web page may use the server. */
    public boolean allowsAll() {
        return any;
    }

    /** Returns the hosts of the listed origins. */
    public Set<String> hosts() {
        return Set.copyOf(hosts);
    }

    /**
     * Tells whether a request is allowed.
     *
     * @param origin the value of {@code Origin}; null if the request has none
     * @param host the host of the request; null if it has none
     * @param proxied whether a proxy passed the request on. Then the host may lack the port that the browser uses
     */
    public boolean permits(@Nullable String origin, @Nullable Authority host, boolean proxied) {
        return origin == null || isListed(origin) || isSame(WebOrigin.parse(origin), host, proxied);
    }

    /**
     * Returns the value of {@code Access-Control-Allow-Origin} for that origin; null to leave the field out.
     *
     * @param credentials whether the page may send credentials, which browsers do not allow together with {@code *}
     */
    public @Nullable String allowHeader(String origin, boolean credentials) {
        if (isAllowed(origin)) {
            return origin;
        }
        return any ? (credentials ? origin : ANY) : null;
    }

    private boolean isListed(String origin) {
        return any || isAllowed(origin);
    }

    private boolean isAllowed(String origin) {
        if (allowed.contains(origin)) {
            return true;
        }
        WebOrigin parsed = WebOrigin.parse(origin);
        return parsed != null && allowed.contains(parsed.toString());
    }

    /** The schemes are not compared: behind a proxy that ends TLS, the server does not know its own scheme. */
    private static boolean isSame(@Nullable WebOrigin origin, @Nullable Authority host, boolean proxied) {
        if (origin == null
                || host == null
                || !origin.isHttp()
                || !origin.authority().host().equals(host.host())) {
            return false;
        }
        return host.port() < 0 ? proxied || origin.authority().port() < 0 : host.port() == origin.port();
    }
}
