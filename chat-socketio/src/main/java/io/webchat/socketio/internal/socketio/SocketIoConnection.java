package io.webchat.socketio.internal.socketio;

/**
 * One Socket.IO connection, as the layer above sees it. Every method may be called from any thread and returns at once;
 * what is emitted arrives in the order of the calls, or not at all.
 */
public interface SocketIoConnection {
    /** In place of an acknowledgement id: nobody waits for one. */
    long NO_ACK = -1;

    /**
     * Sends an event; dropped if the connection is not open.
     *
     * @param event the event's name, which needs no JSON escapes
     * @param json the one argument, JSON in UTF-8, sent as it is; the caller leaves it unchanged
     * @param ackId the id that the client shall acknowledge, 0 to 2^31 - 1, or {@link SocketIoConnection#NO_ACK}
     */
    void emit(String event, byte[] json, long ackId);

    /** Acknowledges a client's event with one argument, JSON in UTF-8, which the caller leaves unchanged. */
    void ack(long ackId, byte[] json);

    /** Marks a connection authenticated that was admitted without; stops the connect time-out. */
    void authenticated();

    /** Tells whether little enough is waiting for the client; if not, {@link SocketIoHandler#onWritable} will come. */
    boolean isWritable();

    /** Tells whether the connection was admitted and has not ended. */
    boolean isOpen();

    /** Tells the client to go and not come back by itself, then closes the connection even if it does not listen. */
    void disconnect();

    /** Closes the connection; a client library will try to connect again. */
    void close();
}
