package io.webchat.socketio.internal.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.Authority;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.internal.http.access.WebOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the head of a request: its form, its host and its origin. It also brings the target into one form: the path
 * below the base path, with the query.
 */
final class RequestRules {
    private static final Refusal NO_ORIGIN =
            new Refusal(403, "forbidden", "Requests of this origin are not allowed.", PeerFault.ORIGIN);
    private static final Refusal NO_HOST =
            new Refusal(403, "forbidden", "This server does not serve that host name.", PeerFault.HOST);
    private static final Refusal ELSEWHERE = new Refusal(404, "not_found", "There is nothing at this path.", null);

    private final AccessPolicy access;

    RequestRules(AccessPolicy access) {
        this.access = access;
    }

    /** Returns the reason why no handler may see a request; null if there is none. */
    @Nullable
    Refusal check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Refusal.ofHead(request.decoderResult().cause());
        }
        if (request.uri().length() > RequestDecoder.MAX_TARGET) {
            return Refusal.LONG_TARGET;
        }
        Refusal malformed = checkHostField(request);
        if (malformed != null) {
            return malformed;
        }
        malformed = toOriginForm(request);
        return malformed != null ? malformed : checkPolicies(request);
    }

    /** Clients of HTTP/1.0, such as the health check of a balancer, may leave the field out. */
    private static @Nullable Refusal checkHostField(HttpRequest request) {
        int fields = request.headers().getAll(HttpHeaderNames.HOST).size();
        boolean fits = fields == 1 || (fields == 0 && !request.protocolVersion().equals(HttpVersion.HTTP_1_1));
        return fits ? null : Refusal.badRequest("The request must have exactly one Host field.");
    }

    /** By RFC 9112, the host of an absolute target replaces the Host field. */
    private static @Nullable Refusal toOriginForm(HttpRequest request) {
        String target = request.uri();
        if (target.startsWith("/") || (target.equals("*") && request.method().equals(HttpMethod.OPTIONS))) {
            return null;
        }
        WebOrigin origin = null;
        int end = target.indexOf("://");
        int path = end < 0 ? -1 : end + 3;
        while (path >= 0 && path < target.length() && "/?#".indexOf(target.charAt(path)) < 0) {
            path++;
        }
        if (path > 0) {
            origin = WebOrigin.parse(target.substring(0, path));
        }
        if (origin == null || !origin.isHttp()) {
            return Refusal.badRequest("The request's target is malformed.");
        }
        String rest = target.substring(path);
        request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        request.headers().set(HttpHeaderNames.HOST, origin.authority().toString());
        return null;
    }

    private @Nullable Refusal checkPolicies(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String field = headers.get(HttpHeaderNames.HOST);
        Authority host = field == null ? null : Authority.parse(field);
        if (field != null && host == null) {
            return Refusal.badRequest("The request's host is malformed.");
        }
        if (host != null && !access.hosts().permits(host)) {
            return NO_HOST;
        }
        List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        String origin = origins.isEmpty() ? null : origins.get(0);
        if (origins.size() > 1 || !access.origins().permits(origin, host, TrustedProxies.passedOn(headers))) {
            return NO_ORIGIN;
        }
        return underBasePath(request);
    }

    private @Nullable Refusal underBasePath(HttpRequest request) {
        String target = access.basePath().strip(request.uri());
        if (target == null && !access.basePath().lacksSlash(request.uri())) {
            return ELSEWHERE;
        }
        if (target != null) {
            request.setUri(target);
        }
        return null;
    }
}
