package io.webchat.core.internal.restore;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.LoggedMessage;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import io.webchat.core.internal.backend.MessageKey;
import io.webchat.core.spi.UndeliveredMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The undelivered messages that a queue does not have, the newest ones only: at most as many as a queue holds. */
final class LostMessages {
    private static final int MAX_MESSAGES = 10_000;
    private static final long MAX_CHARS = 8L << 20;

    /** The author of a message in a room. */
    private record Author(RoomId room, UserId user) {}

    private final UserId user;
    private final long epochMillis;
    private final Set<MessageKey> queued = new HashSet<>();
    /** The authors in rooms whose messages the queue has got in this epoch. */
    private final Set<Author> authors = new HashSet<>();

    private final List<LoggedMessage> messages = new ArrayList<>();
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
            }
        }
    }

    /** Adds an undelivered message, unless the queue has it. */
    void add(LoggedMessage logged) {
        if (!queued.contains(MessageKey.of(logged.message()))) {
            messages.add(logged);
            chars += logged.message().content().length();
            if (messages.size() > 2 * MAX_MESSAGES || chars > 2 * MAX_CHARS) {
                omitOldest();
            }
        }
    }

    /** Whether a message in a room may still be on its way to the queue, so that the queue must be read again. */
    boolean mayBeOnTheirWay() {
        return messages.stream().anyMatch(this::mayBeOnItsWay);
    }

    /** A message gets its time in the call log before the queues of the other members get it. */
    private boolean mayBeOnItsWay(LoggedMessage logged) {
        return logged.message().room() != null && logged.storedAt() >= epochMillis;
    }

    /**
     * Whether the queue has got an older message of the same author in this epoch, so that it gets this one too.
     * Restored, it would come before the older one.
     */
    private boolean isLeftToTheAppend(LoggedMessage logged) {
        RoomId room = logged.message().room();
        return room != null
                && mayBeOnItsWay(logged)
                && authors.contains(new Author(room, logged.message().from()));
    }

    /** Returns the newest messages as copies for the user, oldest first. */
    UndeliveredMessages undelivered() {
        messages.removeIf(each -> queued.contains(MessageKey.of(each.message())) || isLeftToTheAppend(each));
        omitOldest();
        return new UndeliveredMessages(
                messages.stream()
                        .map(each -> each.message().copyTo(user, each.storedAt()))
                        .toList(),
                omitted);
    }

    private void omitOldest() {
        messages.sort(Comparator.comparing(LoggedMessage::position));
        chars = messages.stream()
                .mapToLong(each -> each.message().content().length())
                .sum();
        int oldest = 0;
        while (messages.size() - oldest > MAX_MESSAGES || chars > MAX_CHARS) {
            chars -= messages.get(oldest++).message().content().length();
        }
        messages.subList(0, oldest).clear();
        omitted += oldest;
    }
}
