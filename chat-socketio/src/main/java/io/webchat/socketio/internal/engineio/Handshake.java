package io.webchat.socketio.internal.engineio;

import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data that a client sends when it connects.
 *
 * @param version the client's Engine.IO version
 * @param auth the JSON object of the CONNECT packet, {@code {}} if the packet has none; null on Engine.IO 3, which has
 *     no such object
 * @param query the decoded query parameters of the session's first request; empty on Engine.IO 4, whose clients send
 *     {@code auth} instead
 * @param remoteAddress the address of the client; of the last proxy if no trusted proxy told the client's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Handshake(
        ProtocolVersion version,
        byte @Nullable [] auth,
        Map<String, List<String>> query,
        InetSocketAddress remoteAddress) {

    /** Returns the same with the JSON object of a CONNECT packet. */
    public Handshake withAuth(byte[] object) {
        return new Handshake(version, object, query, remoteAddress);
    }

    /** Returns the first value of a query parameter; null if there is none. */
    public @Nullable String queryValue(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }
}
