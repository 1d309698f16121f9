package io.webchat.socketio.internal.engineio.packet;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.AuthPacket;
import com.corundumstudio.socketio.protocol.Packet;
import java.nio.charset.StandardCharsets;

/** Encodes queued packets. An {@link EncodedPacket} holds its text; the library's own packets are encoded here. */
public final class PacketTextEncoder {
    private static final byte[] NOTHING = {};

    private final int maxPayload;

    /** Makes an encoder that announces this largest polling body to clients. */
    public PacketTextEncoder(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /** Returns the Engine.IO text of a packet. It is empty if the packet must not be sent. */
    public byte[] encode(Packet packet, ClientHead head) {
        if (packet instanceof EncodedPacket encoded) {
            return encoded.text();
        }
        String text = switch (packet.getType()) {
            case OPEN -> open(packet.getData(), head);
            case PING -> "2";
            case PONG -> "3" + packet.getData();
            case NOOP -> "6";
            // The library sends DISCONNECT to a client it has lost. A client that wakes up then would not reconnect.
            default -> head.getCurrentTransport() == Transport.POLLING ? "1" : "";
        };
        return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    }

    private String open(AuthPacket auth, ClientHead head) {
        boolean polling = head.getCurrentTransport() == Transport.POLLING;
        return "0{\"sid\":\"" + auth.getSid() + "\",\"upgrades\":[" + (polling ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + auth.getPingInterval() + ",\"pingTimeout\":" + auth.getPingTimeout()
                + (ProtocolVersion.of(head) == ProtocolVersion.V4 ? ",\"maxPayload\":" + maxPayload : "") + "}";
    }
}
