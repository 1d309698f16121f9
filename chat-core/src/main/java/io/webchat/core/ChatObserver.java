package io.webchat.core;

import java.time.Duration;

/**
 * Hears what the engine does, for metrics. Called from event-loop threads, many at once: every method must
 * be quick and must not throw. All methods do nothing by default, so that new ones can be added.
 */
public interface ChatObserver {
    /** The observer that ignores everything. */
    ChatObserver NONE = new ChatObserver() {};

    /** A message became durable and was acknowledged; {@code duplicate} when it was a resend. */
    default void accepted(boolean duplicate, Duration latency) {}

    /** Something a session sent was refused. */
    default void refused(ErrorCode code) {}

    /** An event was handed to a connection. */
    default void emitted(EventKind kind) {}

    /** A receipt became durable. */
    default void receiptStored(EventKind kind) {}

    /** A message found no session of its recipient on any node. */
    default void offline() {}

    /** A session went live. */
    default void sessionOpened() {}

    /** A session that had gone live ended. */
    default void sessionClosed(CloseReason reason) {}

    /** A session read its queue to close a hole in what was published to it. */
    default void queueReread() {}

    /** A reader was told that {@code missing} events are no longer in the queue. */
    default void gap(long missing) {}

    /** A message that was no longer in the queue came from the call log. */
    default void recovered() {}

    /** A backend failed or did not answer in time. */
    default void backendFailed(String operation) {}
}
