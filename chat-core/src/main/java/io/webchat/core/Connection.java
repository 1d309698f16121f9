package io.webchat.core;

import io.webchat.core.events.Envelope;

/**
 * A connection to one client, implemented by a transport or a bot. The engine calls {@link #emit} in {@code Seq} order
 * and never concurrently, but from different threads. No method may block or throw.
 */
@FunctionalInterface
public interface Connection {
    /**
     * Emits one event to the client. Stored events come strictly in {@code Seq} order. A device gets each stored event
     * at least once. Call {@link ChatSession#confirm} when the client has stored a message. The first event may come
     * before {@link Chat#open} has completed, so the session is an argument.
     */
    void emit(ChatSession session, Envelope envelope);

    /**
     * Whether the connection can take another event now. While it cannot, the engine leaves events in the queue. Call
     * {@link ChatSession#resume} when it can again.
     */
    default boolean isWritable() {
        return true;
    }

    /** Called once when the server ended the session. Close the connection after all emitted events are written. */
    default void close(CloseReason reason) {}
}
