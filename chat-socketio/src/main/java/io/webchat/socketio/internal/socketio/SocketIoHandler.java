package io.webchat.socketio.internal.socketio;

import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.Handshake;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Handles the events of one Socket.IO connection.
 *
 * <p>The calls are made on network threads, one at a time and in the order of the events. No method may block. The
 * first call is {@link #onConnect}. The last call is {@link #onClose}, exactly once.
 */
public interface SocketIoHandler {
    /** Decides whether a client may connect. If the stage fails, the client is refused with code {@code internal}. */
    CompletionStage<ConnectDecision> onConnect(Handshake handshake);

    /** The client was admitted and told so. From now on the connection accepts events. */
    void onConnected();

    /**
     * An event arrived.
     *
     * @param name the name of the event, never a reserved name of Socket.IO; a number is given as its text
     * @param arguments the JSON text of each argument, checked to be valid JSON of limited depth
     * @param ackId the id to acknowledge, or {@link SocketIoConnection#NO_ACK}
     */
    void onEvent(String name, List<byte[]> arguments, long ackId);

    /**
     * An event arrived that the protocol allows and this server does not support. Its content was dropped.
     *
     * @param ackId the id to acknowledge, or {@link SocketIoConnection#NO_ACK}
     * @param reason the reason, in a few words
     */
    void onUnsupported(long ackId, String reason);

    /** The client acknowledged an event. It may send any id: one that was never used, or was used long ago. */
    void onAck(long ackId, List<byte[]> arguments);

    /**
     * A heartbeat of the client arrived. Packets sent before the previous heartbeat have reached the client's socket.
     */
    void onHeartbeat();

    /** The connection became writable again. */
    void onWritable();

    /** The connection ended. */
    void onClose(DisconnectReason reason);
}
