package io.webchat.socketio.internal.engineio.packet;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;

/** A packet in the library's queues whose text is ready to be sent as it is: encoded once, by whoever made it. */
public final class EncodedPacket extends Packet {
    private static final long serialVersionUID = 1L;
    // What a queued packet costs beside its text: the queue's node and the objects around the bytes.
    private static final int OVERHEAD = 128;

    private final byte[] text;

    public EncodedPacket(byte[] text, EngineIOVersion version) {
        super(PacketType.MESSAGE, version);
        this.text = text;
    }

    public byte[] text() {
        return text;
    }

    public int cost() {
        return text.length + OVERHEAD;
    }
}
