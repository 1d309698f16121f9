package io.webchat.socketio.internal.socketio;

/** The Socket.IO packet types. */
enum SocketIoPacketType {
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
