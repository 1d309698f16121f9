package io.webchat.socketio.testkit;

/** A client of Engine.IO over one transport. It speaks in packets, and knows nothing of Socket.IO. */
public interface WireClient {
    /** Sends a packet. */
    void send(String packet) throws Exception;

    /** Returns the next packet that is no heartbeat, failing after a while. */
    String nextMessage() throws Exception;
}
