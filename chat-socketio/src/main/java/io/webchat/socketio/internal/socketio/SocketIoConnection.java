package io.webchat.socketio.internal.socketio;

/**
 * One Socket.IO connection, as the layer above sees it.
 *
 * <p>Every method may be called from any thread and returns at once. Packets reach the client in the order of the
 * calls, or not at all.
 */
public interface SocketIoConnection {
    /** Stands for an acknowledgement id when no acknowledgement is requested. */
    long NO_ACK = -1;

    /**
     * Sends an event. Has no effect if the connection is not open.
     *
     * @param event the name of the event; it must not need JSON escapes
     * @param json the only argument: JSON in UTF-8, sent unchanged. The caller must not change the array afterwards
     * @param ackId the id for the client's acknowledgement, 0 to 2^31 - 1, or {@link SocketIoConnection#NO_ACK}
     */
    void emit(String event, byte[] json, long ackId);

    /**
     * Acknowledges an event of the client with one argument: JSON in UTF-8. The caller must not change it afterwards.
     */
    void ack(long ackId, byte[] json);

    /** Marks a connection as authenticated and stops the connect time-out. */
    void authenticated();

    /**
     * Tells whether few enough bytes wait for the client. After {@code false}, {@link SocketIoHandler#onWritable} is
     * called once the client has caught up.
     */
    boolean isWritable();

    /** Tells whether the connection was admitted and has not ended. */
    boolean isOpen();

    /** Tells the client to disconnect and not to reconnect by itself. Then closes the connection in any case. */
    void disconnect();

    /** Closes the connection. Client libraries then reconnect by themselves. */
    void close();
}
