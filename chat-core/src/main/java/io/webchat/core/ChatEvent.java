package io.webchat.core;

import org.jspecify.annotations.Nullable;

/**
 * What travels: a {@link Message}, a {@link Receipt}, a passing {@link Signal}, a {@link Notice} of the
 * server to one client, or the nodes' own {@link SessionOpened}. Immutable. Times are the sender's clock in
 * Unix seconds, as the original protocol has them; nothing is ever ordered by them.
 */
public sealed interface ChatEvent {
    /** What this is. */
    EventKind kind();

    /** Whom it is for. */
    UserId to();

    /** The sender's clock, Unix seconds. */
    long timestamp();

    /** A message from {@code from} to {@code to} under a new random id, stamped with this machine's clock. */
    static Message message(UserId from, UserId to, String text) {
        return message(from, to, MessageId.random(), text);
    }

    /** A message under an id of the sender's choice, stamped with this machine's clock. */
    static Message message(UserId from, UserId to, MessageId id, String text) {
        return new Message(from, to, null, id, now(), text, null);
    }

    /** A message to all other members of the room, under a new random id, stamped with this machine's clock. */
    static Message roomMessage(UserId from, RoomId room, String text) {
        return new Message(from, from, room, MessageId.random(), now(), text, null);
    }

    /** The receipt that {@code reader} has the message {@code id} of {@code author}. */
    static Receipt delivery(UserId reader, UserId author, MessageId id) {
        return new Receipt(EventKind.DELIVERY, reader, author, null, id, now());
    }

    /** The receipt that {@code reader} has seen the message {@code id} of {@code author}. */
    static Receipt display(UserId reader, UserId author, MessageId id) {
        return new Receipt(EventKind.DISPLAY, reader, author, null, id, now());
    }

    /** The signal that {@code from} is writing to {@code to}. */
    static Signal typing(UserId from, UserId to) {
        return new Signal(from, to, null, now());
    }

    /** The signal that {@code from} is writing in the room. */
    static Signal typingIn(UserId from, RoomId room) {
        return new Signal(from, from, room, now());
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /**
     * A text from one user to another.
     *
     * @param from the author
     * @param to the recipient; the author, until the server addresses what was written in a room to each member
     * @param room the room it was written in, or null for a 1:1 message
     * @param id the author's name for it: the key of idempotency
     * @param timestamp the author's clock, Unix seconds
     * @param text what was written
     * @param fromDevice set only on the copy that goes to the author's own other devices: the device that
     *     sent it
     * @param loggedAt where that is another time than the one at which it was stored for this recipient: its time in
     *     the call log, Unix milliseconds; 0 otherwise. Set by the server, on what it hands to the members of a room
     */
    record Message(
            UserId from,
            UserId to,
            @Nullable RoomId room,
            MessageId id,
            long timestamp,
            String text,
            @Nullable DeviceId fromDevice,
            long loggedAt)
            implements ChatEvent {
        /** A message whose time in the call log is the one at which it was stored for the recipient. */
        public Message(
                UserId from,
                UserId to,
                @Nullable RoomId room,
                MessageId id,
                long timestamp,
                String text,
                @Nullable DeviceId fromDevice) {
            this(from, to, room, id, timestamp, text, fromDevice, 0);
        }

        @Override
        public EventKind kind() {
            return EventKind.MESSAGE;
        }

        /** The conversation that this belongs to. */
        public ConversationId conversation() {
            return room == null ? ConversationId.direct(from, to) : ConversationId.room(room);
        }

        /** The copy for the author's own other devices. */
        public Message copyFrom(DeviceId device) {
            return new Message(from, to, room, id, timestamp, text, device, loggedAt);
        }

        /** The copy for a member of the room, whose queue stores it at another time than the call log. */
        public Message copyTo(UserId member, long timeInLog) {
            return new Message(from, member, room, id, timestamp, text, null, timeInLog);
        }

        /** As its author may send it: with nothing that only the server may say. */
        public Message asSent() {
            return new Message(from, room == null ? to : from, room, id, timestamp, text, null);
        }
    }

    /**
     * A receipt: {@code from} has ({@link EventKind#DELIVERY}) or has seen ({@link EventKind#DISPLAY}) a
     * message of {@code to}.
     *
     * @param kind {@code DELIVERY} or {@code DISPLAY}
     * @param from the reader
     * @param to the message's author
     * @param room the room it was written in, or null for a 1:1 message
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
         * @throws ChatException {@code bad_request} when the kind is no receipt
         */
        public Receipt {
            if (!kind.receipt()) {
                throw new ChatException(ErrorCode.BAD_REQUEST, kind.wire() + " is no receipt");
            }
        }

        /** The conversation that the message belongs to. */
        public ConversationId conversation() {
            return room == null ? ConversationId.direct(from, to) : ConversationId.room(room);
        }

        /** The same, about a message that was written there. */
        public Receipt in(@Nullable RoomId place) {
            return new Receipt(kind, from, to, place, id, timestamp);
        }
    }

    /**
     * {@code from} is writing to {@code to}. Reaches whoever is online now, and is never stored.
     *
     * @param from who is writing
     * @param to to whom; the writer, until the server addresses what goes to a room to each member
     * @param room the room, or null for a 1:1 conversation
     * @param timestamp the writer's clock, Unix seconds
     */
    record Signal(UserId from, UserId to, @Nullable RoomId room, long timestamp) implements ChatEvent {
        /** The copy for a member of the room. */
        public Signal copyTo(UserId member) {
            return new Signal(from, member, room, timestamp);
        }

        @Override
        public EventKind kind() {
            return EventKind.TYPING;
        }
    }

    /**
     * What the server tells one client: {@code FAILED}, {@code GAP}, {@code REPLACED} or {@code DRAINING}.
     *
     * @param kind one of these four
     * @param to the client's user
     * @param id the message that it is about, where it is about one
     * @param code the error code of a {@code FAILED}
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
        /** A notice about nothing in particular, stamped with this machine's clock. */
        public static Notice of(EventKind kind, UserId to, String detail) {
            return new Notice(kind, to, null, null, detail, now());
        }

        /** The notice that something {@code to} sent was refused. */
        public static Notice failed(UserId to, ChatException failure) {
            return new Notice(
                    EventKind.FAILED, to, failure.messageId().orElse(null), failure.code(), failure.detail(), now());
        }
    }

    /**
     * A device opened a session: an older session of the same device, on whatever node, ends; sessions of
     * the user's other devices learn that they are not alone. Travels between nodes and never reaches a
     * client.
     *
     * @param to the user
     * @param device the device
     * @param generation grows with each session of the device
     * @param timestamp the node's clock, Unix seconds
     */
    record SessionOpened(UserId to, DeviceId device, long generation, long timestamp) implements ChatEvent {
        @Override
        public EventKind kind() {
            return EventKind.SESSION;
        }
    }
}
