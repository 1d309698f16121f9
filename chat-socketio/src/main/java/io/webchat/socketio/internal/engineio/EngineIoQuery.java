package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.http.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checked query of a request to Engine.IO's path.
 *
 * @param version the Engine.IO version
 * @param webSocket the transport: websocket or polling
 * @param sessionId the session; null in a handshake
 * @param parameters all decoded parameters
 */
record EngineIoQuery(
        ProtocolVersion version,
        boolean webSocket,
        @Nullable UUID sessionId,
        Map<String, List<String>> parameters) {
    static final String PATH = "/socket.io/";

    private static final Pattern SID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");
    private static final int MAX_PARAMETERS = 64;
    private static final Set<String> FLAGS = Set.of("0", "1", "false", "true");

    /** The request is malformed and must be answered with an error. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final EngineIoError error;

        Refused(EngineIoError error) {
            super(error.name(), null, false, false);
            this.error = error;
        }

        EngineIoError error() {
            return error;
        }
    }

    /** Tells whether the path of a request is Engine.IO's. */
    static boolean concerns(HttpRequest request) {
        String uri = request.uri();
        return uri.startsWith(PATH) && (uri.length() == PATH.length() || uri.charAt(PATH.length()) == '?');
    }

    static EngineIoQuery parse(FullHttpRequest request) throws Refused {
        Map<String, List<String>> parameters = decode(request.uri());
        String transport = single(parameters, "transport", EngineIoError.TRANSPORT_UNKNOWN);
        boolean webSocket = "websocket".equals(transport);
        if (!webSocket && !"polling".equals(transport)) {
            throw new Refused(EngineIoError.TRANSPORT_UNKNOWN);
        }
        ProtocolVersion version = ProtocolVersion.of(single(parameters, "EIO", EngineIoError.UNSUPPORTED_VERSION));
        if (version == null) {
            throw new Refused(EngineIoError.UNSUPPORTED_VERSION);
        }
        String b64 = single(parameters, "b64", EngineIoError.BAD_REQUEST);
        // JSONP (parameter j) is not supported. Binary content is refused, so b64 makes no difference.
        if (parameters.containsKey("j") || (b64 != null && !FLAGS.contains(b64)) || webSocket != isUpgrade(request)) {
            throw new Refused(EngineIoError.BAD_REQUEST);
        }
        return new EngineIoQuery(version, webSocket, sessionId(parameters), parameters);
    }

    private static Map<String, List<String>> decode(String uri) throws Refused {
        Map<String, List<String>> parameters;
        try {
            parameters = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS + 1).parameters();
        } catch (IllegalArgumentException e) {
            throw new Refused(EngineIoError.BAD_REQUEST);
        }
        if (parameters.values().stream().mapToInt(List::size).sum() > MAX_PARAMETERS) {
            throw new Refused(EngineIoError.BAD_REQUEST);
        }
        return parameters;
    }

    private static @Nullable UUID sessionId(Map<String, List<String>> parameters) throws Refused {
        String sid = single(parameters, "sid", EngineIoError.SESSION_UNKNOWN);
        if (sid == null) {
            return null;
        }
        if (!SID.matcher(sid).matches()) {
            throw new Refused(EngineIoError.SESSION_UNKNOWN);
        }
        return UUID.fromString(sid);
    }

    private static @Nullable String single(Map<String, List<String>> parameters, String name, EngineIoError otherwise)
            throws Refused {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Refused(otherwise);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static boolean isUpgrade(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE, ""))
                && "13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                && KEY.matcher(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
                        .matches()
                && areTokens(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
    }

    /** Tells whether the values list each subprotocol once, as a token of HTTP. */
    private static boolean areTokens(List<String> subprotocols) {
        Set<String> seen = new HashSet<>();
        for (String value : subprotocols) {
            for (String each : value.split(",", -1)) {
                if (!TOKEN.matcher(each.strip()).matches() || !seen.add(each.strip())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the session that a request names; null if it names none, or not properly. Does not fail. */
    static @Nullable UUID sessionIdOf(HttpRequest request) {
        try {
            return sessionId(decode(request.uri()));
        } catch (Refused e) {
            return null;
        }
    }

    UUID requireSessionId() {
        return Objects.requireNonNull(sessionId);
    }

    /** Returns the handshake of a new session on this channel. It lives long, so it keeps only what it needs. */
    Handshake handshake(Channel channel) {
        Map<String, List<String>> query = version == ProtocolVersion.V3 ? Map.copyOf(parameters) : Map.of();
        return new Handshake(version, null, query, ClientAddress.of(channel));
    }
}
