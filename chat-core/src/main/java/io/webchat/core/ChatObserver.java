package io.webchat.core;

import io.webchat.core.events.EventKind;
import java.time.Duration;

/**
 * Observes the engine, for metrics. Its methods are called from event-loop threads, several at once, so they must be
 * short and must not throw. By default every method does nothing, so that methods can be added.
 */
public interface ChatObserver {
    /** The observer that does nothing. */
    ChatObserver NONE = new ChatObserver() {};

    /**
     * A message was stored and acknowledged.
     *
     * @param duplicate whether it was a resend
     * @param latency the time from the acceptance of the message to its acknowledgement
     */
    default void accepted(boolean duplicate, Duration latency) {}

    /** An event of a client was refused. */
    default void refused(ErrorCode code) {}

    /**
     * A client or a proxy broke the rules of the transport. The transport refused the request or closed the connection.
     *
     * @param kind {@code request}, {@code host}, {@code origin} or {@code connection}
     */
    default void peerFault(String kind) {}

    /** An event was passed to a connection. */
    default void emitted(EventKind kind) {}

    /** A receipt was stored. */
    default void receiptStored(EventKind kind) {}

    /** A message was stored, and its recipient has no session on any node. */
    default void offline() {}

    /** A message was not reported to the {@link OfflineListener}, because too many wait or a backend fails. */
    default void offlineDropped() {}

    /** An event was not passed to the {@link ChatListener}, because too many wait for it. */
    default void listenerDropped() {}

    /** A session was opened. */
    default void sessionOpened() {}

    /** An open session ended. */
    default void sessionClosed(CloseReason reason) {}

    /** A session read its queue because a publish was missing. */
    default void queueReread() {}

    /**
     * A client was told that events are missing from the queue.
     *
     * @param missing the number of missing events; 0 if it is unknown, because the queue lost its data
     */
    default void gap(long missing) {}

    /** A message or an amendment that a queue had lost was put back from the call log. */
    default void recovered() {}

    /**
     * The oldest events of a queue were removed because it was full.
     *
     * @param events the number of removed events
     */
    default void queueTrimmed(long events) {}

    /**
     * A policy of the application failed or did not answer in time.
     *
     * @param policy {@code message} or {@code contact}
     */
    default void policyFailed(String policy) {}

    /**
     * A call to a backend failed or did not end in time.
     *
     * @param operation the name of the call, for example {@code append}
     */
    default void backendFailed(String operation) {}
}
