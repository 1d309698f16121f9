package io.webchat.core;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;

/**
 * Hears what has happened in a chat, for a search index, moderation, statistics or webhooks. It hears each event after
 * it was committed, once, on the node that accepted it. The events of one conversation come in the order in which this
 * node accepted them.
 *
 * <p>It is best effort. A node that dies after the commit does not call it. Events are dropped while {@value
 * #MAX_WAITING} of them wait, or 16 MiB; {@link ChatObserver#listenerDropped} counts them. A resend is not heard again,
 * unless its first attempt failed on this node after a part of it was stored.
 *
 * <p>All calls come on one thread of the chat, one after another, so they may block for a while. What a call throws is
 * logged. By default every method does nothing, so that methods can be added.
 */
public interface ChatListener {
    /** The listener that does nothing. */
    ChatListener NONE = new ChatListener() {};

    /** The largest number of events that wait for the listener. */
    int MAX_WAITING = 10_000;

    /**
     * A message was stored and acknowledged. A message to a room is heard once, not for each member.
     *
     * @param message the message; in a room its author is its recipient
     * @param storedAt the time in the call log, Unix milliseconds
     */
    default void onMessage(ChatEvent.Message message, long storedAt) {}

    /**
     * A message was edited or deleted, or got a reaction. In a room it is heard once, not for each member.
     *
     * @param amendment the change; in a room its sender is its recipient
     * @param storedAt its time in the call log, Unix milliseconds
     */
    default void onAmendment(Amendment amendment, long storedAt) {}

    /**
     * A receipt was stored for the author of its message.
     *
     * @param storedAt the time when it was stored, Unix milliseconds
     */
    default void onReceipt(ChatEvent.Receipt receipt, long storedAt) {}

    /** A room was changed, by a user or by the application. */
    default void onRoomChange(RoomChange change) {}

    /** A device opened a session on this node. */
    default void onConnect(UserId user, DeviceId device) {}

    /** The session of a device on this node ended. */
    default void onDisconnect(UserId user, DeviceId device, CloseReason reason) {}
}
