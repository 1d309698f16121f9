package io.webchat.core;

/**
 * Called for each message that no device of its recipient confirmed within {@link ChatConfig#pushAfter}, for push
 * notifications: because nobody is connected, or because a socket is dead. A device that confirms in time silences
 * it.
 *
 * <p>The calls come on two threads of the chat, never on an event loop, so they may block for a while. They are in no
 * particular order. What a call throws is logged. The node that accepted the message makes the call. It is best effort:
 * a node that dies before does not. When a node shuts down, it calls early for all messages that are not confirmed yet.
 * Calls are dropped while 10 000 of them or 16 MiB wait. A message is not reported either if about 2 000 unconfirmed
 * events of its recipient precede it among the messages of the same check. {@link ChatObserver#offlineDropped} counts
 * both. After a backend failed, a message may be reported late.
 */
@FunctionalInterface
public interface OfflineListener {
    /** The listener that does nothing. */
    OfflineListener NONE = message -> {};

    /** The message waits in the queue of its recipient, and no device has confirmed it. */
    void onOffline(OfflineMessage message);
}
