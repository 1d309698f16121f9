package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePosition;
import io.webchat.core.MessageRef;
import io.webchat.core.UserId;
import io.webchat.core.Watermarks;
import io.webchat.core.spi.HistoryRange;
import io.webchat.core.spi.Mark;
import io.webchat.core.spi.support.HiddenMessages;
import io.webchat.core.spi.support.LateMessages;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages and watermarks of one conversation. The caller holds its monitor during each call. */
final class LoggedConversation {
    private record Key(UserId author, MessageId id) {}

    private final TreeMap<MessagePosition, ChatEvent.Message> messages = new TreeMap<>();
    private final Map<Key, MessagePosition> positions = new HashMap<>();
    private final Map<UserId, Watermarks> sent = new HashMap<>();
    private final Map<UserId, Watermarks> received = new HashMap<>();
    private final Map<UserId, HiddenMessages> hidden = new HashMap<>();
    private final int max;
    private long bytes;

    LoggedConversation(int max) {
        this.max = max;
    }

    /** Returns the bytes that the conversation holds more; fewer if an older message has to go. */
    long append(ChatEvent.Message message, long storedAt) {
        MessagePosition position = new MessagePosition(storedAt, message.from(), message.id());
        if (messages.putIfAbsent(position, message) != null) {
            return 0;
        }
        positions.put(new Key(message.from(), message.id()), position);
        long added = ByteBudget.sizeOf(message);
        bytes += added;
        return messages.size() > max ? added - removeOldest() : added;
    }

    /** Removes the oldest message, and returns the bytes that this frees; 0 if there is none. */
    long removeOldest() {
        Map.Entry<MessagePosition, ChatEvent.Message> oldest = messages.pollFirstEntry();
        if (oldest == null) {
            return 0;
        }
        MessagePosition position = oldest.getKey();
        positions.remove(new Key(position.author(), position.id()), position);
        long freed = ByteBudget.sizeOf(oldest.getValue());
        bytes -= freed;
        return freed;
    }

    /** Removes all messages, and returns the bytes that this frees. */
    long removeAll() {
        long freed = bytes;
        messages.clear();
        positions.clear();
        bytes = 0;
        return freed;
    }

    void mark(Mark mark) {
        raise(sent, mark.author(), mark);
        raise(received, mark.reader(), mark);
    }

    private static void raise(Map<UserId, Watermarks> marks, UserId user, Mark mark) {
        marks.merge(user, Watermarks.NONE.raised(mark.status(), mark.upTo()), Watermarks::raised);
    }

    void hide(UserId user, MessagePosition upTo) {
        NavigableMap<MessagePosition, ChatEvent.Message> recorded =
                messages.tailMap(LateMessages.settledBefore(upTo), false);
        hidden.merge(user, HiddenMessages.upTo(upTo, recorded.keySet()), HiddenMessages::plus);
    }

    private HiddenMessages hiddenFrom(UserId user) {
        return hidden.getOrDefault(user, HiddenMessages.NONE);
    }

    /** Forgets this user's watermarks and hidden messages; the user's own messages stay. */
    void forget(UserId user) {
        sent.remove(user);
        received.remove(user);
        hidden.remove(user);
    }

    Optional<LoggedMessage> find(UserId author, MessageId id) {
        MessagePosition position = positions.get(new Key(author, id));
        return position == null ? Optional.empty() : Optional.of(logged(position, messages.get(position)));
    }

    List<ChatEvent.Message> quoted(UserId reader, Collection<MessageRef> references) {
        HiddenMessages unseen = hiddenFrom(reader);
        return references.stream()
                .flatMap(each -> find(each.from(), each.id()).stream())
                .filter(each -> !unseen.contains(each.position()))
                .map(LoggedMessage::message)
                .toList();
    }

    List<LoggedMessage> messages(UserId reader, HistoryRange range) {
        if (range.isEmpty()) {
            return List.of();
        }
        NavigableMap<MessagePosition, ChatEvent.Message> part = messages;
        part = range.after() == null ? part : part.tailMap(range.after(), false);
        part = range.before() == null ? part : part.headMap(range.before(), false);
        HiddenMessages unseen = hiddenFrom(reader);
        return (range.oldestFirst() ? part : part.descendingMap())
                .entrySet().stream()
                        .filter(each -> !unseen.contains(each.getKey()))
                        .limit(range.limit())
                        .map(each -> logged(each.getKey(), each.getValue()))
                        .toList();
    }

    /** Returns the entry for the list of a user who joined at this time; null if no message is visible to them. */
    @Nullable
    ConversationEntry entry(ConversationId id, UserId user, long joinedAt) {
        HiddenMessages unseen = hiddenFrom(user);
        MessagePosition last = lastBut(unseen);
        if (last == null) {
            return null;
        }
        Watermarks got = received.getOrDefault(user, Watermarks.NONE);
        return new ConversationEntry(
                id,
                logged(last, messages.get(last)),
                unread(user, MessagePosition.later(got.displayed(), MessagePosition.endOf(joinedAt - 1))),
                sent.getOrDefault(user, Watermarks.NONE),
                got);
    }

    /** The position of the last message that is not hidden. */
    private @Nullable MessagePosition lastBut(HiddenMessages unseen) {
        return messages.descendingMap().keySet().stream()
                .takeWhile(each -> each.isBehind(unseen.upTo()))
                .filter(each -> !unseen.contains(each))
                .findFirst()
                .orElse(null);
    }

    private int unread(UserId user, @Nullable MessagePosition seen) {
        HiddenMessages unseen = hiddenFrom(user);
        return (int) messages.descendingMap().keySet().stream()
                .takeWhile(each -> each.isBehind(seen) && each.isBehind(unseen.upTo()))
                .filter(each -> !each.author().equals(user) && !unseen.contains(each))
                .limit(ConversationEntry.MAX_UNREAD)
                .count();
    }

    private LoggedMessage logged(MessagePosition position, ChatEvent.@Nullable Message message) {
        if (message == null) {
            throw new IllegalStateException("the index names a message that is not there: " + position);
        }
        Watermarks author = sent.getOrDefault(message.from(), Watermarks.NONE);
        return new LoggedMessage(message, position.storedAt(), author.of(position));
    }
}
