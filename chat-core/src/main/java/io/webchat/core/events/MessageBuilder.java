package io.webchat.core.events;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of a {@link ChatEvent.Message}; begin with {@link ChatEvent.Message#from}. Without an id the
 * message gets a random one. Without a timestamp it gets the present time of this machine. Not safe for use by several
 * threads.
 */
public final class MessageBuilder {
    private final UserId from;
    private MessageContent.Builder content;
    private @Nullable UserId to;
    private @Nullable RoomId room;
    private @Nullable MessageId id;
    private @Nullable Long timestamp;
    private @Nullable DeviceId fromDevice;
    private long loggedAt;
    private @Nullable String sentDigest;
    private @Nullable Deletion deletion;

    MessageBuilder(UserId from, MessageContent.Builder content) {
        this.from = Objects.requireNonNull(from, "from");
        this.content = content;
    }

    /** Addresses the message to a user. */
    public MessageBuilder to(UserId user) {
        to = user;
        return this;
    }

    /** Addresses the message to a room; null for none. */
    public MessageBuilder in(@Nullable RoomId where) {
        room = where;
        return this;
    }

    /** Sets the id, by which a resend is recognised. */
    public MessageBuilder id(MessageId chosen) {
        id = chosen;
        return this;
    }

    /** Sets the id with this text, by which a resend is recognised. */
    public MessageBuilder id(String chosen) {
        return id(MessageId.of(chosen));
    }

    /** Sets the author's clock, in Unix seconds. */
    public MessageBuilder timestamp(long seconds) {
        timestamp = seconds;
        return this;
    }

    /** Sets the whole content, in place of the parts that were set before. */
    public MessageBuilder content(MessageContent whole) {
        content = whole.toBuilder();
        return this;
    }

    /** Sets the type; see {@link MessageContent.Builder#type}. */
    public MessageBuilder type(String name) {
        content.type(name);
        return this;
    }

    /** Sets the text; see {@link MessageContent.Builder#text}. */
    public MessageBuilder text(String words) {
        content.text(words);
        return this;
    }

    /** Sets the data; see {@link MessageContent.Builder#data}. */
    public MessageBuilder data(@Nullable Json object) {
        content.data(object);
        return this;
    }

    /** Sets the message that this one answers; see {@link MessageContent.Builder#replyTo}. */
    public MessageBuilder replyTo(@Nullable MessageRef answered) {
        content.replyTo(answered);
        return this;
    }

    /** Sets the mentioned users; see {@link MessageContent.Builder#mentions(List)}. */
    public MessageBuilder mentions(List<UserId> users) {
        content.mentions(users);
        return this;
    }

    /** Sets the mentioned users; see {@link MessageContent.Builder#mentions(List)}. */
    public MessageBuilder mentions(UserId... users) {
        content.mentions(users);
        return this;
    }

    /** Sets the files; see {@link MessageContent.Builder#attachments(List)}. */
    public MessageBuilder attachments(List<AttachmentRef> files) {
        content.attachments(files);
        return this;
    }

    /** Sets the files; see {@link MessageContent.Builder#attachments(List)}. */
    public MessageBuilder attachments(AttachmentRef... files) {
        content.attachments(files);
        return this;
    }

    /** Sets the device that sent it, for the copy for the author's other devices; only the server sets it. */
    public MessageBuilder fromDevice(@Nullable DeviceId device) {
        fromDevice = device;
        return this;
    }

    /** Sets the time in the call log, Unix milliseconds; only the server sets it. */
    public MessageBuilder loggedAt(long millis) {
        loggedAt = millis;
        return this;
    }

    /** Sets the digest of the content that the author sent; only the server sets it. */
    public MessageBuilder sentDigest(@Nullable String digest) {
        sentDigest = digest;
        return this;
    }

    /** Sets the end of a message that was deleted, which has no content; only the server sets it. */
    MessageBuilder deletion(@Nullable Deletion end) {
        deletion = end;
        return this;
    }

    /**
     * Builds the message.
     *
     * @throws IllegalStateException when it is addressed neither to a user nor to a room
     */
    public ChatEvent.Message build() {
        UserId recipient = to;
        if (recipient == null) {
            if (room == null) {
                throw new IllegalStateException("a message needs a recipient: call to(user) or in(room)");
            }
            // The server makes a copy for each member.
            recipient = from;
        }
        return new ChatEvent.Message(
                from,
                recipient,
                room,
                id == null ? MessageId.random() : id,
                timestamp == null ? System.currentTimeMillis() / 1000 : timestamp,
                content.build(),
                fromDevice,
                loggedAt,
                sentDigest,
                deletion);
    }
}
