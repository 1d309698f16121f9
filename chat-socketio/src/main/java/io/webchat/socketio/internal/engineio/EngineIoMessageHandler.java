package io.webchat.socketio.internal.engineio;

import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;

/**
 * The protocol that is spoken in the messages of one Engine.IO session.
 *
 * <p>The session calls it on network threads, one call at a time and in the order of the events. No method may block.
 */
public interface EngineIoMessageHandler {
    /** Makes the handler of each new session. */
    @FunctionalInterface
    interface Factory {
        /** Makes the handler of a session that begins with this handshake. */
        EngineIoMessageHandler create(EngineIoSession session, Handshake handshake);
    }

    /** The session is open: the client may send and receive. */
    void onOpen();

    /**
     * A text message arrived.
     *
     * @param text the Engine.IO packet in UTF-8, including its type digit {@code 4}
     */
    void onMessage(byte[] text) throws ProtocolViolation;

    /** A binary packet arrived. Its content was dropped. */
    void onBinary() throws ProtocolViolation;

    /** A heartbeat of the client arrived. */
    void onHeartbeat();

    /** The session takes output again after {@link EngineIoSession#isWritable} was false. */
    void onWritable();

    /** The session ended. This is the last call. */
    void onEnd(DisconnectReason reason);
}
