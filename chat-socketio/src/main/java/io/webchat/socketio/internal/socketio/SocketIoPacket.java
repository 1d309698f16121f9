package io.webchat.socketio.internal.socketio;

/**
 * The head of one Socket.IO packet, and where its data starts.
 *
 * @param type what it is
 * @param namespace its namespace, {@code /} where none is named
 * @param ackId the acknowledgement id, or {@link SocketIoConnection#NO_ACK}
 * @param source the whole Engine.IO packet
 * @param dataStart the index in {@code source} of the JSON data, which reaches to the end and may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied never: it is the hot path
record SocketIoPacket(SocketIoPacketType type, String namespace, long ackId, byte[] source, int dataStart) {
    static final String DEFAULT_NAMESPACE = "/";

    boolean hasData() {
        return dataStart < source.length;
    }

    boolean inDefaultNamespace() {
        return namespace.equals(DEFAULT_NAMESPACE);
    }
}
