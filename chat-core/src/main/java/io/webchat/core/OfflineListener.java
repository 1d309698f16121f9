package io.webchat.core;

/**
 * Called for each message whose recipient is offline, for push notifications. The calls come on threads of the chat,
 * never on an event loop, so they may block for a while. Several calls may run at once, in no particular order. A
 * message may be reported more than once: when it found no session of the recipient, and again when a session ended
 * without confirming it.
 */
@FunctionalInterface
public interface OfflineListener {
    /** The message is in the queue of {@code user}, who is not connected to any node. */
    void onOffline(UserId user, ChatEvent.Message message);
}
