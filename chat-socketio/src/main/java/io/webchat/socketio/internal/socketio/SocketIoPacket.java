package io.webchat.socketio.internal.socketio;

/**
 * The head of one Socket.IO packet, and the position of its data.
 *
 * @param type the packet type
 * @param namespace the namespace; {@code /} if the packet names none
 * @param ackId the acknowledgement id, or {@link SocketIoConnection#NO_ACK}
 * @param source the whole Engine.IO packet
 * @param dataStart the index in {@code source} of the JSON data, which extends to the end and may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; not copied, because this is the hot path
record SocketIoPacket(SocketIoPacketType type, String namespace, long ackId, byte[] source, int dataStart) {
    static final String DEFAULT_NAMESPACE = "/";

    boolean hasData() {
        return dataStart < source.length;
    }

    boolean inDefaultNamespace() {
        return namespace.equals(DEFAULT_NAMESPACE);
    }
}
