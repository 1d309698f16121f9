package io.webchat.socketio.internal.engineio.packet;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;

/** A packet for the library's queues that holds its encoded text. */
public final class EncodedPacket extends Packet {
    private static final long serialVersionUID = 1L;
    // The memory of a queued packet besides its text: the node of the queue and the objects around the bytes.
    private static final int OVERHEAD = 128;

    private final byte[] text;

    /** Makes a packet of this text. */
    public EncodedPacket(byte[] text, EngineIOVersion version) {
        super(PacketType.MESSAGE, version);
        this.text = text;
    }

    /** Returns the text, which is not copied. */
    public byte[] text() {
        return text;
    }

    /** Returns the memory that the packet takes in a queue, in bytes. */
    public int cost() {
        return text.length + OVERHEAD;
    }
}
