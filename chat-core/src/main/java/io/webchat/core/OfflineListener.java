package io.webchat.core;

/**
 * Hears of messages that reached nobody: where an application hangs its push notifications. Called on threads of the
 * chat's own, never on an event loop, so it may block for a while; several calls may be under way at once, in no
 * particular order. It may hear of a message more than once: when the message found no session of the recipient, and
 * again when a session ended that had not confirmed it.
 */
@FunctionalInterface
public interface OfflineListener {
    /** {@code message} waits in the queue of {@code user}, who is not connected to any node. */
    void onOffline(UserId user, ChatEvent.Message message);
}
