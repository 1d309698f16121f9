package io.webchat.examples.server.push;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The endpoints to which this server posts pushes. A browser names its endpoint, so a client could name any address:
 * the rule keeps it away from the machines around the server. Endpoints are https, on the usual port, at the host of a
 * known push service, and that name must lead to addresses of the internet alone.
 */
public final class EndpointRule {
    /** The push services of Chrome, Edge, Firefox and Safari. */
    public static final String KNOWN_HOSTS =
            "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,*.push.apple.com";

    private static final int MAX_LENGTH = 1_024;
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]+\\.[a-z][a-z0-9-]*");

    /** Where an endpoint may be. */
    private enum Reach {
        INTERNET,
        ANYWHERE
    }

    private final List<String> hosts;
    private final Reach reach;

    private EndpointRule(List<String> hosts, Reach reach) {
        this.hosts = hosts;
        this.reach = reach;
    }

    /**
     * Endpoints at these hosts.
     *
     * @param hosts names, {@code *.} and a name for those below it, or {@code *} for all
     * @throws IllegalArgumentException when one is no name of a host
     */
    public static EndpointRule of(List<String> hosts) {
        List<String> lower = hosts.stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
        lower.forEach(each -> {
            if (!each.equals("*") && !HOST.matcher(each).matches()) {
                throw new IllegalArgumentException("'" + each + "' is no host: give names, *. and a name, or *");
            }
        });
        return new EndpointRule(lower, Reach.INTERNET);
    }

    /** For tests: any address, also over plain http. */
    public static EndpointRule anywhere() {
        return new EndpointRule(List.of("*"), Reach.ANYWHERE);
    }

    /**
     * The endpoint of this text. Does not look at the network.
     *
     * @throws ChatException {@code bad_request} when this server does not push there
     */
    public URI check(String text) {
        URI endpoint = parse(text);
        if (reach == Reach.INTERNET) {
            refuseUnless("https".equals(endpoint.getScheme()), "endpoint must be https");
            refuseUnless(endpoint.getPort() == -1 || endpoint.getPort() == 443, "endpoint must have no port");
            refuseUnless(isKnown(endpoint.getHost()), "endpoint is at no push service that this server knows");
        }
        return endpoint;
    }

    private static URI parse(String text) {
        refuseUnless(text.length() <= MAX_LENGTH, "endpoint has more than " + MAX_LENGTH + " characters");
        try {
            URI endpoint = new URI(text);
            boolean isHttp = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
            refuseUnless(isHttp && endpoint.getHost() != null, "endpoint must be an http URL with a host");
            refuseUnless(
                    endpoint.getRawUserInfo() == null && endpoint.getRawFragment() == null,
                    "endpoint must have no user and no fragment");
            return endpoint;
        } catch (URISyntaxException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "endpoint is no URL", e);
        }
    }

    private boolean isKnown(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        // A number or an IPv6 address is no name.
        return NAME.matcher(name).matches() && hosts.stream().anyMatch(each -> covers(each, name));
    }

    private static boolean covers(String pattern, String name) {
        return pattern.equals("*")
                || pattern.equals(name)
                || (pattern.startsWith("*.") && name.endsWith(pattern.substring(1)));
    }

    private static void refuseUnless(boolean holds, String fault) {
        if (!holds) {
            throw new ChatException(ErrorCode.BAD_REQUEST, fault);
        }
    }

    /**
     * Checks an endpoint again, with the addresses that its name leads to now. Blocks for the answer of the name
     * service, which the platform keeps for the connection that follows.
     *
     * @throws IOException when there is no such name, or it leads into a network around this server
     * @throws ChatException {@code bad_request} when this server does not push there any more
     */
    void resolve(URI endpoint) throws IOException {
        check(endpoint.toString());
        if (reach == Reach.INTERNET) {
            requirePublic(InetAddress.getAllByName(endpoint.getHost()));
        }
    }

    static void requirePublic(InetAddress... addresses) throws IOException {
        if (!Stream.of(addresses).allMatch(PublicAddress::is)) {
            throw new IOException("the name of a push service leads to an address that is not of the internet");
        }
    }
}
