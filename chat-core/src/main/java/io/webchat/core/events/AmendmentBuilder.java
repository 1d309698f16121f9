package io.webchat.core.events;

import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of an {@link Amendment}; begin with {@link Amendment#by}. The last call names the change. Not safe
 * for use by several threads.
 */
public final class AmendmentBuilder {
    private final UserId from;
    private UserId to;
    private @Nullable RoomId room;
    private @Nullable MessageRef about;
    private @Nullable MessageId id;
    private long timestamp = System.currentTimeMillis() / 1000;

    AmendmentBuilder(UserId from) {
        this.from = from;
        this.to = from;
    }

    /** Sets the message, and with it the conversation. */
    public AmendmentBuilder of(ChatEvent.Message message) {
        RoomId in = message.room();
        UserId other = message.from().equals(from) ? message.to() : message.from();
        AmendmentBuilder inConversation = in == null ? to(other) : in(in);
        return inConversation.about(MessageRef.to(message));
    }

    /** Sets the message by its name. Set the conversation too. */
    public AmendmentBuilder about(MessageRef message) {
        about = message;
        return this;
    }

    /** Sets the other user of a 1:1 conversation. */
    public AmendmentBuilder to(UserId user) {
        to = user;
        room = null;
        return this;
    }

    /** Sets the room. */
    public AmendmentBuilder in(RoomId conversation) {
        to = from;
        room = conversation;
        return this;
    }

    /** Sets the id, by which a resend is recognised. The default is a random one. */
    public AmendmentBuilder id(MessageId chosen) {
        id = chosen;
        return this;
    }

    /** Sets the sender's clock, Unix seconds. The default is the present. */
    public AmendmentBuilder timestamp(long seconds) {
        timestamp = seconds;
        return this;
    }

    /** Returns the edit that gives the message this content. Type and answered message stay as they are. */
    public Amendment edit(MessageContent content) {
        return change(new Amendment.Edit(content));
    }

    /** Returns the deletion by this user: the author of the message, or an owner of its room. */
    public Amendment delete() {
        return change(new Amendment.Delete(Amendment.Authority.USER));
    }

    /** Returns the reaction of this user. */
    public Amendment react(String reaction) {
        return change(new Amendment.React(reaction, false));
    }

    /** Returns the end of a reaction of this user. */
    public Amendment unreact(String reaction) {
        return change(new Amendment.React(reaction, true));
    }

    /**
     * Returns the amendment that makes this change.
     *
     * @throws IllegalStateException when the message is not set
     */
    public Amendment change(Amendment.Change change) {
        MessageRef message = about;
        if (message == null) {
            throw new IllegalStateException("an amendment is about a message; set it with of or about");
        }
        MessageId own = id == null ? MessageId.random() : id;
        return new Amendment(from, to, room, own, timestamp, message, change, null, 0, null);
    }
}
