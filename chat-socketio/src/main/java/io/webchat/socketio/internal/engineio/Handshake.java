package io.webchat.socketio.internal.engineio;

import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client said of itself when it connected.
 *
 * @param version the client's Engine.IO version
 * @param auth the JSON object of the CONNECT packet, {@code {}} where it was bare; null on Engine.IO 3, which has none
 * @param query the query parameters of the session's first request, decoded
 * @param headers the header fields of that request, names in lower case
 * @param remoteAddress the peer, which may be a proxy
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Handshake(
        ProtocolVersion version,
        byte @Nullable [] auth,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress) {

    /** Returns the same with the JSON object of a CONNECT packet. */
    public Handshake withAuth(byte[] object) {
        return new Handshake(version, object, query, headers, remoteAddress);
    }

    /** Returns the first value of a query parameter; null where there is none. */
    public @Nullable String queryValue(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
