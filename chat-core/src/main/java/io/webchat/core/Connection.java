package io.webchat.core;

/**
 * What the engine writes to: one client's connection, made by a transport or by a bot. The engine calls
 * {@link #emit} from one thread at a time, in {@code Seq} order, but from changing threads; no method may
 * block or throw.
 */
@FunctionalInterface
public interface Connection {
    /**
     * Hands over one event. Stored events come strictly in {@code Seq} order, each at least once over the
     * life of the device; answer a message with {@link ChatSession#confirm} once it is kept. The first
     * event may come before {@link Chat#open} has completed, hence the session as an argument.
     */
    void emit(ChatSession session, Envelope envelope);

    /**
     * Whether more can be written now. While false, the engine keeps events in the queue; call
     * {@link ChatSession#resume} when it turns true again.
     */
    default boolean isWritable() {
        return true;
    }

    /**
     * The session ended on the server's side; close the connection after what was emitted has been written.
     * Called once.
     */
    default void close(CloseReason reason) {}
}
