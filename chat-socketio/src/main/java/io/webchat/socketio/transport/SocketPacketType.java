package io.webchat.socketio.transport;

/** The Socket.IO packet types. */
enum SocketPacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    boolean isBinary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }
}
