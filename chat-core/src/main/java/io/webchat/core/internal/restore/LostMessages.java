package io.webchat.core.internal.restore;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.MessageKey;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The undelivered messages and amendments that a queue does not have, the newest ones only: at most as many as a
 * queue holds.
 */
final class LostMessages {
    private static final int MAX_MESSAGES = 10_000;
    private static final long MAX_CHARS = 8L << 20;
    /** A device that no user has. */
    private static final DeviceId UNKNOWN = DeviceId.of(".server");

    /** The author of a message in a room. */
    private record Author(RoomId room, UserId user) {}

    private final UserId user;
    private final long epochMillis;
    private final Set<MessageKey> queued = new HashSet<>();
    /** Amendments have ids of their own. */
    private final Set<MessageKey> queuedAmendments = new HashSet<>();
    /** For each conversation the time of the first message that the queue has from before the loss. */
    private final Map<ConversationId, Long> kept = new HashMap<>();
    /** The authors in rooms whose messages the queue has got in this epoch. */
    private final Set<Author> authors = new HashSet<>();

    private final List<LoggedEvent> events = new ArrayList<>();
    private long chars;
    private int omitted;

    /**
     * No messages.
     *
     * @param epochMillis the begin of the epoch, Unix milliseconds
     */
    LostMessages(UserId user, long epochMillis) {
        this.user = user;
        this.epochMillis = epochMillis;
    }

    /**
     * Notes that the queue has an event.
     *
     * @param young whether it was appended in this epoch
     */
    void onQueued(Envelope envelope, boolean young) {
        if (envelope.event() instanceof ChatEvent.Message message) {
            queued.add(MessageKey.of(message));
            RoomId room = message.room();
            if (young && room != null) {
                authors.add(new Author(room, message.from()));
            } else if (!young) {
                kept.merge(message.conversation(), envelope.loggedAt(), Math::min);
            }
        } else if (envelope.event() instanceof Amendment amendment) {
            queuedAmendments.add(keyOf(amendment));
        }
    }

    private static MessageKey keyOf(Amendment amendment) {
        return new MessageKey(amendment.from(), amendment.id());
    }

    /**
     * The time of the first message of this conversation that the queue has from before the loss, Unix milliseconds;
     * {@link Long#MAX_VALUE} for none. It may lack all changes of this message.
     */
    long keptSince(ConversationId conversation) {
        return kept.getOrDefault(conversation, Long.MAX_VALUE);
    }

    /** Adds an undelivered message, unless the queue has it. */
    void add(LoggedMessage logged) {
        if (!queued.contains(MessageKey.of(logged.message()))) {
            keep(logged.message().copyTo(user, logged.storedAt()));
        }
    }

    /** Adds an amendment. The user's own devices made one of their own, and this does not tell which of them. */
    void add(Amendment amendment) {
        boolean own = amendment.from().equals(user);
        keep(own ? amendment.copyFrom(UNKNOWN) : amendment.copyTo(user, amendment.loggedAt()));
    }

    private void keep(LoggedEvent event) {
        events.add(event);
        chars += length(event);
        if (events.size() > 2 * MAX_MESSAGES || chars > 2 * MAX_CHARS) {
            omitOldest();
        }
    }

    private static int length(LoggedEvent event) {
        if (event instanceof ChatEvent.Message message) {
            return message.content().length();
        }
        return event instanceof Amendment amendment ? amendment.length() : 0;
    }

    /** Whether a message in a room may still be on its way to the queue, so that the queue must be read again. */
    boolean mayBeOnTheirWay() {
        return events.stream().anyMatch(this::mayBeOnItsWay);
    }

    /** A message gets its time in the call log before the queues of the other members get it. */
    private boolean mayBeOnItsWay(LoggedEvent event) {
        return event instanceof ChatEvent.Message && event.room() != null && event.loggedAt() >= epochMillis;
    }

    /**
     * Whether the queue has got an older message of the same author in this epoch, so that it gets this one too.
     * Restored, it would come before the older one.
     */
    private boolean isLeftToTheAppend(LoggedEvent event) {
        RoomId room = event.room();
        return room != null && mayBeOnItsWay(event) && authors.contains(new Author(room, event.from()));
    }

    private boolean isQueued(LoggedEvent event) {
        if (event instanceof Amendment amendment) {
            return queuedAmendments.contains(keyOf(amendment));
        }
        return event instanceof ChatEvent.Message message && queued.contains(MessageKey.of(message));
    }

    /** Returns the newest events as copies for the user, oldest first. */
    UndeliveredMessages undelivered() {
        events.removeIf(each -> isQueued(each) || isLeftToTheAppend(each));
        omitOldest();
        return new UndeliveredMessages(events, omitted);
    }

    private void omitOldest() {
        events.sort(Comparator.comparing(LostMessages::position));
        chars = events.stream().mapToLong(LostMessages::length).sum();
        int oldest = 0;
        while (events.size() - oldest > MAX_MESSAGES || chars > MAX_CHARS) {
            chars -= length(events.get(oldest++));
        }
        events.subList(0, oldest).clear();
        omitted += oldest;
    }

    private static MessagePosition position(LoggedEvent event) {
        return new MessagePosition(event.loggedAt(), event.from(), event.id());
    }
}
