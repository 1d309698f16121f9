package io.webchat.socketio.internal.socketio;

import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.Handshake;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the layer above does with one Socket.IO connection. An instance serves one connection.
 *
 * <p>Calls come one at a time, in the order of what happened, on network threads: none may block. The first
 * is {@link #onConnect}, the last {@link #onClose}, which comes exactly once.
 */
public interface SocketIoHandler {
    /** Decides whether a client may connect; a failure counts as a refusal with the code {@code internal}. */
    CompletionStage<ConnectDecision> onConnect(Handshake handshake);

    /** The client was admitted and told so: from now on the connection takes events. */
    void onConnected();

    /**
     * An event came.
     *
     * @param name its name, never one of Socket.IO's reserved names
     * @param arguments the JSON text of each argument, checked to be JSON of bounded depth
     * @param ackId the id to answer to, or {@link SocketIoConnection#NO_ACK}
     */
    void onEvent(String name, List<byte[]> arguments, long ackId);

    /** A binary event or acknowledgement came, which this server does not take; its attachments are dropped. */
    void onBinary(long ackId);

    /** The client acknowledged an emitted event; the id may be one never given, or given long ago. */
    void onAck(long ackId, List<byte[]> arguments);

    /** The client gave a sign of life: everything emitted before the previous one has reached its socket. */
    void onHeartbeat();

    /** The connection became writable again. */
    void onWritable();

    /** The connection ended. */
    void onClose(DisconnectReason reason);
}
