package io.webchat.socketio.spring;

import io.webchat.core.CloseReason;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;
import java.time.Instant;

/**
 * Something that has happened in the chat, as an event of the application. An {@code @EventListener} method with one of
 * these types as its parameter hears it. The promises are those of {@link io.webchat.core.ChatListener}: once, on the
 * node that accepted it, in the order of the conversation, best effort. Listeners run on one thread of the chat, one
 * after another; {@code @Async} moves slow work elsewhere.
 */
public sealed interface ChatApplicationEvent {
    /**
     * A message was stored and acknowledged. A message to a room is told once.
     *
     * @param message the message
     * @param storedAt its time in the call log
     */
    record MessageStored(ChatEvent.Message message, Instant storedAt) implements ChatApplicationEvent {}

    /**
     * A message was edited or deleted, or got a reaction. In a room this is told once.
     *
     * @param amendment the change
     * @param storedAt its time in the call log
     */
    record MessageAmended(Amendment amendment, Instant storedAt) implements ChatApplicationEvent {}

    /**
     * A receipt was stored.
     *
     * @param receipt the receipt
     * @param storedAt the time when it was stored
     */
    record ReceiptStored(ChatEvent.Receipt receipt, Instant storedAt) implements ChatApplicationEvent {}

    /**
     * A room was changed, by a user or by the application.
     *
     * @param change what changed
     */
    record RoomChanged(RoomChange change) implements ChatApplicationEvent {}

    /**
     * A device opened a session on this node.
     *
     * @param user the user
     * @param device the device
     */
    record Connected(UserId user, DeviceId device) implements ChatApplicationEvent {}

    /**
     * The session of a device on this node ended.
     *
     * @param user the user
     * @param device the device
     * @param reason why it ended
     */
    record Disconnected(UserId user, DeviceId device, CloseReason reason) implements ChatApplicationEvent {}
}
