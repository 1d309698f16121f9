package io.webchat.core.events;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event: a {@link Message} or its {@link Amendment}, a {@link Receipt}, a {@link Signal} that is never stored, a
 * {@link Notice} from the server to one client, or a {@link NodeEvent} that no client gets. Immutable. A timestamp is
 * the sender's clock in Unix seconds, as in the original protocol; it never decides an order.
 */
public sealed interface ChatEvent permits LoggedEvent, ChatEvent.Receipt, ChatEvent.Signal, Notice, NodeEvent {
    /** The kind of this event. */
    EventKind kind();

    /** The recipient. */
    UserId to();

    /** The sender's clock, Unix seconds. */
    long timestamp();

    /** Makes a message with a new random id and the current time of this machine. */
    static Message message(UserId from, UserId to, String text) {
        return message(from, to, MessageId.random(), text);
    }

    /** Makes a message with an id that the sender chose and the current time of this machine. */
    static Message message(UserId from, UserId to, MessageId id, String text) {
        return new Message(from, to, null, id, now(), MessageContent.text(text), null, 0, null, null);
    }

    /** Makes a message to all other members of the room, with a new random id and the current time of this machine. */
    static Message roomMessage(UserId from, RoomId room, String text) {
        return new Message(from, from, room, MessageId.random(), now(), MessageContent.text(text), null, 0, null, null);
    }

    /** Makes the receipt that a device of {@code reader} has the message {@code id} of {@code author}. */
    static Receipt delivery(UserId reader, UserId author, MessageId id) {
        return new Receipt(EventKind.DELIVERY, reader, author, null, id, now());
    }

    /** Makes the receipt that {@code reader} has seen the message {@code id} of {@code author}. */
    static Receipt display(UserId reader, UserId author, MessageId id) {
        return new Receipt(EventKind.DISPLAY, reader, author, null, id, now());
    }

    /** Makes the signal that {@code from} is writing to {@code to}. */
    static Signal typing(UserId from, UserId to) {
        return new Signal(from, to, null, now());
    }

    /** Makes the signal that {@code from} is writing in the room. */
    static Signal typingIn(UserId from, RoomId room) {
        return new Signal(from, from, room, now());
    }

    /** Makes the signal of this type from {@code from} to {@code to}, with data of the application or null. */
    static Signal signal(UserId from, UserId to, String type, @Nullable Json data) {
        return new Signal(from, to, null, now(), type, data);
    }

    /** Makes the signal of this type from {@code from} in the room, with data of the application or null. */
    static Signal signalIn(UserId from, RoomId room, String type, @Nullable Json data) {
        return new Signal(from, from, room, now(), type, data);
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /** A message from one user to another, or to a room. Make one with {@link #from(UserId)}. */
    final class Message implements LoggedEvent {
        private final UserId from;
        private final UserId to;
        private final @Nullable RoomId room;
        private final MessageId id;
        private final long timestamp;
        private final MessageContent content;
        private final @Nullable DeviceId fromDevice;
        private final long loggedAt;
        private final @Nullable String sentDigest;
        private final @Nullable Deletion deletion;

        Message(
                UserId from,
                UserId to,
                @Nullable RoomId room,
                MessageId id,
                long timestamp,
                MessageContent content,
                @Nullable DeviceId fromDevice,
                long loggedAt,
                @Nullable String sentDigest,
                @Nullable Deletion deletion) {
            this.from = from;
            this.to = to;
            this.room = room;
            this.id = id;
            this.timestamp = timestamp;
            this.content = content;
            this.fromDevice = fromDevice;
            this.loggedAt = loggedAt;
            this.sentDigest = sentDigest;
            this.deletion = deletion;
        }

        /**
         * Begins a message of this author.
         *
         * <pre>{@code
         * Message.from(alice).to(bob).text("hi").build();
         * Message.from(alice).in(room).type("shop.order").data(order).build();
         * }</pre>
         */
        public static MessageBuilder from(UserId author) {
            return new MessageBuilder(author, MessageContent.builder());
        }

        /** Returns a builder that starts with the fields of this message. */
        public MessageBuilder toBuilder() {
            return new MessageBuilder(from, content.toBuilder())
                    .to(to)
                    .in(room)
                    .id(id)
                    .timestamp(timestamp)
                    .fromDevice(fromDevice)
                    .loggedAt(loggedAt)
                    .sentDigest(sentDigest)
                    .deletion(deletion);
        }

        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }

        /** The author. */
        @Override
        public UserId from() {
            return from;
        }

        /** The recipient; in a room the author, until the server makes a copy for each member. */
        @Override
        public UserId to() {
            return to;
        }

        /** The room; null for a 1:1 message. */
        @Override
        public @Nullable RoomId room() {
            return room;
        }

        /** The id that the author chose; a resend has the same id. */
        @Override
        public MessageId id() {
            return id;
        }

        /** The author's clock, Unix seconds. */
        @Override
        public long timestamp() {
            return timestamp;
        }

        /** The part that the author wrote: type, text, data, the answered message and the mentioned users. */
        public MessageContent content() {
            return content;
        }

        /** The text; empty if there is none. */
        public String text() {
            return content.text();
        }

        /** The device that sent it; set only on the copy for the author's own other devices. */
        @Override
        public @Nullable DeviceId fromDevice() {
            return fromDevice;
        }

        /**
         * The time in the call log, Unix milliseconds, if the recipient's queue stored the message at another time; 0
         * otherwise. The server sets it on copies for the members of a room.
         */
        @Override
        public long loggedAt() {
            return loggedAt;
        }

        /**
         * The {@link io.webchat.core.spi.calllog.ContentDigest} of the content that the author sent, if a policy
         * replaced that content; null otherwise. It recognises a resend, and no client gets it.
         */
        public @Nullable String sentDigest() {
            return sentDigest;
        }

        /** The end of the message, if it was deleted: it has no content then. Null otherwise. */
        public @Nullable Deletion deletion() {
            return deletion;
        }

        /** Returns the copy for the author's other devices, with the device that sent the message. */
        @Override
        public Message copyFrom(DeviceId device) {
            return new Message(from, to, room, id, timestamp, content, device, loggedAt, sentDigest, deletion);
        }

        /** Returns the copy for a member of the room, with its time in the call log in Unix milliseconds. */
        @Override
        public Message copyTo(UserId member, long timeInLog) {
            return new Message(from, member, room, id, timestamp, content, null, timeInLog, sentDigest, deletion);
        }

        /** Returns the same message with another content, for a policy that replaces it. */
        public Message withContent(MessageContent other) {
            return new Message(from, to, room, id, timestamp, other, fromDevice, loggedAt, sentDigest, deletion);
        }

        /** Returns the same message with another text, for a policy that replaces it. */
        public Message withText(String other) {
            return withContent(content.toBuilder().text(other).build());
        }

        /** Returns the same message with the digest of the content that the author sent; null if it is this content. */
        public Message withSentDigest(@Nullable String digest) {
            return new Message(from, to, room, id, timestamp, content, fromDevice, loggedAt, digest, deletion);
        }

        /** Returns what is left of the message after its deletion. */
        public Message deleted(Deletion end) {
            return new Message(from, to, room, id, timestamp, MessageContent.text(""), fromDevice, loggedAt, null, end);
        }

        /** Returns the message without the fields that only the server may set. */
        public Message asSent() {
            return new Message(from, room == null ? to : from, room, id, timestamp, content, null, 0, null, null);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Message that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<@Nullable Object> parts() {
            return Arrays.asList(from, to, room, id, timestamp, content, fromDevice, loggedAt, sentDigest, deletion);
        }

        @Override
        public String toString() {
            return "Message[from=" + from + ", to=" + to + ", room=" + room + ", id=" + id + ", timestamp=" + timestamp
                    + ", content=" + content + ", fromDevice=" + fromDevice + ", loggedAt=" + loggedAt
                    + ", sentDigest=" + sentDigest + ", deletion=" + deletion + "]";
        }
    }

    /**
     * A receipt: {@code from} has a message of {@code to} ({@link EventKind#DELIVERY}) or has seen it ({@link
     * EventKind#DISPLAY}).
     *
     * @param kind {@code DELIVERY} or {@code DISPLAY}
     * @param from the reader
     * @param to the message's author
     * @param room the room of the message; null for a 1:1 message
     * @param id the message's id
     * @param timestamp the reader's clock, Unix seconds
     * @param fromDevice the device that sent it; set only on the copy for the reader's own other devices
     */
    record Receipt(
            EventKind kind,
            UserId from,
            UserId to,
            @Nullable RoomId room,
            MessageId id,
            long timestamp,
            @Nullable DeviceId fromDevice)
            implements ChatEvent {
        /** Makes a receipt for the author. */
        public Receipt(EventKind kind, UserId from, UserId to, @Nullable RoomId room, MessageId id, long timestamp) {
            this(kind, from, to, room, id, timestamp, null);
        }

        /** Checks the kind; throws {@code bad_request} when it is not a receipt. */
        public Receipt {
            if (!kind.receipt()) {
                throw new ChatException(ErrorCode.BAD_REQUEST, kind.wire() + " is not a receipt");
            }
        }

        /** The conversation of the message. */
        public ConversationId conversation() {
            return room == null ? ConversationId.direct(from, to) : ConversationId.room(room);
        }

        /** Returns the same receipt, about a message in this room. */
        public Receipt in(@Nullable RoomId other) {
            return new Receipt(kind, from, to, other, id, timestamp, fromDevice);
        }

        /** Returns the receipt as one of this device; null for one that only the author gets. */
        public Receipt copyFrom(@Nullable DeviceId device) {
            return new Receipt(kind, from, to, room, id, timestamp, device);
        }
    }

    /**
     * The signal that {@code from} is writing, or one of the application's: recording, or the position of a cursor. It
     * reaches a recipient who is online, and is never stored.
     *
     * @param from the user who does it
     * @param to the recipient; in a room {@code from}, until the server makes a copy for each member
     * @param room the room; null for a 1:1 conversation
     * @param timestamp the clock of {@code from}, Unix seconds
     * @param type the application's name of the signal, in the form of a message's type; null for typing
     * @param data the application's data; null for none, and for typing
     */
    record Signal(
            UserId from,
            UserId to,
            @Nullable RoomId room,
            long timestamp,
            @Nullable String type,
            @Nullable Json data) implements ChatEvent {
        /**
         * Checks the type.
         *
         * @throws ChatException {@code bad_request} when the type does not have its form
         */
        public Signal {
            if (type != null) {
                MessageContent.checkType(type);
            } else if (data != null) {
                throw new ChatException(ErrorCode.BAD_REQUEST, "a signal with Data needs a Type");
            }
        }

        /** The signal that {@code from} is writing. */
        public Signal(UserId from, UserId to, @Nullable RoomId room, long timestamp) {
            this(from, to, room, timestamp, null, null);
        }

        /** Returns the copy for a member of the room. */
        public Signal copyTo(UserId member) {
            return new Signal(from, member, room, timestamp, type, data);
        }

        @Override
        public EventKind kind() {
            return type == null ? EventKind.TYPING : EventKind.SIGNAL;
        }
    }
}
