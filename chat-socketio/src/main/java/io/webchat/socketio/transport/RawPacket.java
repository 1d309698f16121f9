package io.webchat.socketio.transport;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;

/** A packet in the library's queues whose text is ready to be sent as it is: encoded once, by whoever made it. */
final class RawPacket extends Packet {
    private static final long serialVersionUID = 1L;
    // What a queued packet costs beside its text: the queue's node and the objects around the bytes.
    private static final int OVERHEAD = 128;

    private final byte[] text;

    RawPacket(byte[] text, EngineIOVersion version) {
        super(PacketType.MESSAGE, version);
        this.text = text;
    }

    byte[] text() {
        return text;
    }

    int cost() {
        return text.length + OVERHEAD;
    }
}
