package io.webchat.core;

import org.jspecify.annotations.Nullable;

/**
 * An event: a {@link Message}, a {@link Receipt}, a {@link Signal} that is never stored, a {@link Notice} from the
 * server to one client, or a {@link SessionOpened} or {@link EndSessions} between nodes. Immutable. A timestamp is the
 * sender's clock in Unix seconds, as in the original protocol; it never decides an order.
 */
public sealed interface ChatEvent {
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
        return new Message(from, to, null, id, now(), text, null);
    }

    /** Makes a message to all other members of the room, with a new random id and the current time of this machine. */
    static Message roomMessage(UserId from, RoomId room, String text) {
        return new Message(from, from, room, MessageId.random(), now(), text, null);
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

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /**
     * A text from one user to another, or to a room.
     *
     * @param from the author
     * @param to the recipient; in a room the author, until the server makes a copy for each member
     * @param room the room; null for a 1:1 message
     * @param id the id that the author chose; a resend has the same id
     * @param timestamp the author's clock, Unix seconds
     * @param text the text
     * @param fromDevice the device that sent it; set only on the copy for the author's own other devices
     * @param loggedAt the time in the call log, Unix milliseconds, if the recipient's queue stored the message at
     *     another time; 0 otherwise. The server sets it on copies for the members of a room
     * @param sentDigest the {@link io.webchat.core.spi.ContentDigest} of the content that the author sent, if a policy
     *     replaced that content; null otherwise. It recognises a resend, and no client gets it
     */
    record Message(
            UserId from,
            UserId to,
            @Nullable RoomId room,
            MessageId id,
            long timestamp,
            String text,
            @Nullable DeviceId fromDevice,
            long loggedAt,
            @Nullable String sentDigest)
            implements ChatEvent {
        /** Makes a message with the content that the author sent. */
        public Message(
                UserId from,
                UserId to,
                @Nullable RoomId room,
                MessageId id,
                long timestamp,
                String text,
                @Nullable DeviceId fromDevice,
                long loggedAt) {
            this(from, to, room, id, timestamp, text, fromDevice, loggedAt, null);
        }

        /** Makes a message whose time in the call log is the time when the recipient's queue stored it. */
        public Message(
                UserId from,
                UserId to,
                @Nullable RoomId room,
                MessageId id,
                long timestamp,
                String text,
                @Nullable DeviceId fromDevice) {
            this(from, to, room, id, timestamp, text, fromDevice, 0, null);
        }

        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }

        /** The conversation of this message. */
        public ConversationId conversation() {
            return room == null ? ConversationId.direct(from, to) : ConversationId.room(room);
        }

        /**
         * Returns the copy for the author's own other devices.
         *
         * @param device the device that sent the message
         */
        public Message copyFrom(DeviceId device) {
            return new Message(from, to, room, id, timestamp, text, device, loggedAt, sentDigest);
        }

        /**
         * Returns the copy for a member of the room.
         *
         * @param timeInLog the time in the call log, Unix milliseconds
         */
        public Message copyTo(UserId member, long timeInLog) {
            return new Message(from, member, room, id, timestamp, text, null, timeInLog, sentDigest);
        }

        /** Returns the same message with another text, for a policy that replaces it. */
        public Message withText(String other) {
            return new Message(from, to, room, id, timestamp, other, fromDevice, loggedAt, sentDigest);
        }

        /** Returns the same message with the digest of the content that the author sent; null if it is this content. */
        public Message withSentDigest(@Nullable String digest) {
            return new Message(from, to, room, id, timestamp, text, fromDevice, loggedAt, digest);
        }

        /** Returns the message without the fields that only the server may set. */
        public Message asSent() {
            return new Message(from, room == null ? to : from, room, id, timestamp, text, null);
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
     */
    record Receipt(
            EventKind kind,
            UserId from,
            UserId to,
            @Nullable RoomId room,
            MessageId id,
            long timestamp) implements ChatEvent {
        /**
         * Checks the kind.
         *
         * @throws ChatException {@code bad_request} when the kind is not a receipt
         */
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
            return new Receipt(kind, from, to, other, id, timestamp);
        }
    }

    /**
     * The signal that {@code from} is writing. It reaches a recipient who is online, and is never stored.
     *
     * @param from the user who is writing
     * @param to the recipient; in a room the user who is writing, until the server makes a copy for each member
     * @param room the room; null for a 1:1 conversation
     * @param timestamp the writer's clock, Unix seconds
     */
    record Signal(UserId from, UserId to, @Nullable RoomId room, long timestamp) implements ChatEvent {
        /** Returns the copy for a member of the room. */
        public Signal copyTo(UserId member) {
            return new Signal(from, member, room, timestamp);
        }

        @Override
        public EventKind kind() {
            return EventKind.TYPING;
        }
    }

    /**
     * A notice from the server to one client.
     *
     * @param kind {@code FAILED}, {@code GAP}, {@code REPLACED}, {@code DISCONNECTED}, {@code DRAINING} or {@code
     *     EXPIRING}
     * @param to the client's user
     * @param id the message that the notice is about; null for none
     * @param code the error code of {@code FAILED} and {@code DISCONNECTED}; null otherwise
     * @param detail one sentence
     * @param timestamp the server's clock, Unix seconds
     */
    record Notice(
            EventKind kind,
            UserId to,
            @Nullable MessageId id,
            @Nullable ErrorCode code,
            String detail,
            long timestamp) implements ChatEvent {
        /** Makes a notice without a message, with the current time of this machine. */
        public static Notice of(EventKind kind, UserId to, String detail) {
            return new Notice(kind, to, null, null, detail, now());
        }

        /** Makes the notice that the application ended the session of a device of {@code to}. */
        public static Notice disconnected(UserId to) {
            return disconnected(to, "the application ended this session; sign in again");
        }

        /** Makes the notice that the session of a device of {@code to} ended, and that only a new sign-in helps. */
        public static Notice disconnected(UserId to, String detail) {
            return new Notice(EventKind.DISCONNECTED, to, null, ErrorCode.UNAUTHORIZED, detail, now());
        }

        /** Makes the notice that the server refused an event that {@code to} sent. */
        public static Notice failed(UserId to, ChatException failure) {
            return new Notice(
                    EventKind.FAILED, to, failure.messageId().orElse(null), failure.code(), failure.detail(), now());
        }
    }

    /**
     * The news that a device opened a session. An older session of the same device on any node ends. Sessions of the
     * user's other devices learn that there are several devices. It travels between nodes and never reaches a client.
     *
     * @param to the user
     * @param device the device
     * @param generation a number that grows with each session of the device
     * @param timestamp the node's clock, Unix seconds
     */
    record SessionOpened(UserId to, DeviceId device, long generation, long timestamp) implements ChatEvent {
        @Override
        public EventKind kind() {
            return EventKind.SESSION;
        }
    }

    /**
     * The order to end the sessions of a user, given by the application. It travels between nodes and never reaches a
     * client. A node of an earlier version ignores it.
     *
     * @param to the user
     * @param device the device whose session ends; null for all devices
     * @param timestamp the node's clock, Unix seconds
     */
    record EndSessions(UserId to, @Nullable DeviceId device, long timestamp) implements ChatEvent {
        /** Makes the order with the current time of this machine. */
        public static EndSessions of(UserId user, @Nullable DeviceId device) {
            return new EndSessions(user, device, now());
        }

        @Override
        public EventKind kind() {
            return EventKind.END;
        }

        /** Whether the session of this device ends. */
        public boolean concerns(DeviceId other) {
            return device == null || device.equals(other);
        }
    }

    /**
     * The place of an event in a queue whose author was erased. It never reaches a client.
     *
     * @param to the recipient
     * @param timestamp 0
     */
    record Erased(UserId to, long timestamp) implements ChatEvent {
        /** The place of an event to this user. */
        public Erased(UserId to) {
            this(to, 0);
        }

        @Override
        public EventKind kind() {
            return EventKind.ERASED;
        }
    }
}
