package io.webchat.core.events;

import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/** An event of the call log: a message, or an amendment of one. Immutable. */
public sealed interface LoggedEvent extends ChatEvent permits ChatEvent.Message, Amendment {
    /** The user who sent it. */
    UserId from();

    /** The recipient; in a room the sender, until the server makes a copy for each member. */
    @Override
    UserId to();

    /** The room; null in a 1:1 conversation. */
    @Nullable
    RoomId room();

    /** The id that the sender chose; a resend has the same id. */
    MessageId id();

    /** The device that sent it; set only on the copy for the sender's own other devices. */
    @Nullable
    DeviceId fromDevice();

    /**
     * The time in the call log, Unix milliseconds, if the recipient's queue stored the event at another time; 0
     * otherwise. The server sets it.
     */
    long loggedAt();

    /** Returns the copy for the sender's own other devices, which this device sent. */
    LoggedEvent copyFrom(DeviceId device);

    /**
     * Returns the copy for this user.
     *
     * @param timeInLog the time in the call log, Unix milliseconds
     */
    LoggedEvent copyTo(UserId user, long timeInLog);

    /** The conversation. */
    default ConversationId conversation() {
        RoomId in = room();
        return in == null ? ConversationId.direct(from(), to()) : ConversationId.room(in);
    }
}
