package io.webchat.core.events;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of {@link ChatEvent}; the field {@code EvtType} on the wire. */
public enum EventKind {
    /** A text from one user to another. Stored until each of the recipient's devices has confirmed it. */
    MESSAGE,
    /** An amendment: the author gives an earlier message another content. Stored like a message. */
    EDIT,
    /** An amendment: an earlier message loses its content. Stored like a message. */
    DELETE,
    /** An amendment: a user reacts to an earlier message, or takes that back. Stored like a message. */
    REACT,
    /** The recipient's device has the message. Stored like a message. */
    DELIVERY,
    /** The person has seen the message; includes {@link #DELIVERY}. Stored like a message. */
    DISPLAY,
    /** The user is writing. Sent to recipients who are online, and never stored. */
    TYPING,
    /** A signal of the application's, with a type and data. Sent to recipients who are online, and never stored. */
    SIGNAL,
    /** From the server: an event of this client was refused. */
    FAILED,
    /** From the server: events before this point are no longer in the queue; the call log has the messages. */
    GAP,
    /** From the server: another session of the same device has replaced this one, which ends. */
    REPLACED,
    /** From the server: this node is shutting down; reconnect. */
    DRAINING,
    /** From the server: the token of this session expires soon; renew it. */
    EXPIRING,
    /** From the server: the application ended this session, or its token expired; sign in again. */
    DISCONNECTED,
    /** Between nodes only: a device of this user opened a session. Never reaches a client. */
    SESSION,
    /** Between nodes only: the sessions of this user end. Never reaches a client. */
    END,
    /** In queues only: an event whose author was erased. Never reaches a client. */
    ERASED,
    /** In queues only: an event of a kind that this node does not know. Never reaches a client. */
    UNKNOWN;

    private static final Map<String, EventKind> BY_WIRE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventKind::wire, Function.identity()));

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on the wire, for example {@code message}. */
    public String wire() {
        return wire;
    }

    /** Returns the kind with this name on the wire. */
    public static Optional<EventKind> ofWire(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** Whether events of this kind are stored in the recipient's queue and have a {@code Seq}. */
    public boolean stored() {
        return this == MESSAGE || amendment() || receipt();
    }

    /** Whether this is {@link #EDIT}, {@link #DELETE} or {@link #REACT}. */
    public boolean amendment() {
        return this == EDIT || this == DELETE || this == REACT;
    }

    /** Whether this is {@link #DELIVERY} or {@link #DISPLAY}. */
    public boolean receipt() {
        return this == DELIVERY || this == DISPLAY;
    }
}
