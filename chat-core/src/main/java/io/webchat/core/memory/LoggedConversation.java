package io.webchat.core.memory;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.support.EditedFiles;
import io.webchat.core.spi.support.HiddenMessages;
import io.webchat.core.spi.support.LateMessages;
import io.webchat.core.spi.support.UnreadRule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The messages and watermarks of one conversation. The caller holds its monitor during each call. */
final class LoggedConversation {
    private record Key(UserId author, MessageId id) {}

    private final TreeMap<MessagePosition, ChatEvent.Message> messages = new TreeMap<>();
    /** The records of each message, oldest first: usually one. */
    private final Map<Key, List<MessagePosition>> positions = new HashMap<>();

    private final Map<UserId, Watermarks> sent = new HashMap<>();
    private final Map<UserId, Watermarks> received = new HashMap<>();
    private final Map<UserId, HiddenMessages> hidden = new HashMap<>();
    private final ConversationAmendments amendments;
    private final int max;
    /** The heap of the messages, their amendments and the hidden positions. */
    private long bytes;

    private boolean removed;

    LoggedConversation(int max) {
        this.max = max;
        this.amendments = new ConversationAmendments(max);
    }

    /** The heap that the conversation takes, about; 0 once it was removed. */
    long heap() {
        return removed ? 0 : HeapSize.CONVERSATION + bytes + (long) HeapSize.MARKS * (sent.size() + received.size());
    }

    /** Whether it was removed from the call log, so that the caller takes a new one. */
    boolean isRemoved() {
        return removed;
    }

    /** Appends a message; an older one may have to go. */
    void append(ChatEvent.Message message, long storedAt) {
        MessagePosition position = new MessagePosition(storedAt, message.from(), message.id());
        if (messages.putIfAbsent(position, message) == null) {
            positions.merge(new Key(message.from(), message.id()), List.of(position), LoggedConversation::both);
            bytes += HeapSize.of(message);
            if (messages.size() > max) {
                removeOldest();
            }
        }
    }

    private static List<MessagePosition> both(List<MessagePosition> some, List<MessagePosition> others) {
        return Stream.concat(some.stream(), others.stream()).sorted().toList();
    }

    private static List<MessagePosition> without(MessagePosition one, List<MessagePosition> some) {
        return some.stream().filter(each -> !each.equals(one)).toList();
    }

    /** Removes the oldest message; returns whether there was one. */
    boolean removeOldest() {
        Map.Entry<MessagePosition, ChatEvent.Message> oldest = messages.pollFirstEntry();
        if (oldest == null) {
            return false;
        }
        MessagePosition position = oldest.getKey();
        positions.compute(new Key(position.author(), position.id()), (key, all) -> {
            List<MessagePosition> left = all == null ? List.of() : without(position, all);
            return left.isEmpty() ? null : left;
        });
        bytes -= HeapSize.of(oldest.getValue()) + amendments.heap(position);
        amendments.forget(position);
        return true;
    }

    /** Ends the conversation. */
    void remove() {
        removed = true;
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
        HiddenMessages before = hidden.get(user);
        HiddenMessages more = HiddenMessages.upTo(upTo, recorded.keySet());
        HiddenMessages after = before == null ? more : before.plus(more);
        hidden.put(user, after);
        bytes += HeapSize.of(after) - HeapSize.of(before);
    }

    private HiddenMessages hiddenFrom(UserId user) {
        return hidden.getOrDefault(user, HiddenMessages.NONE);
    }

    /** Forgets this user's watermarks and hidden messages; the user's own messages stay. */
    void forget(UserId user) {
        sent.remove(user);
        received.remove(user);
        bytes -= HeapSize.of(hidden.remove(user));
    }

    private List<MessagePosition> records(UserId author, MessageId id) {
        return positions.getOrDefault(new Key(author, id), List.of());
    }

    /** Amends all records of a message, and records the amendment. */
    AmendmentOutcome amend(LoggedMessage target, Amendment amendment, long storedAt) {
        MessageRef about = amendment.about();
        List<MessagePosition> records = records(about.from(), about.id());
        if (records.isEmpty()) {
            return AmendmentOutcome.MISSING;
        }
        MessagePosition newest = records.get(records.size() - 1);
        ChatEvent.Message message = at(newest);
        if (message.deletion() != null && !amendment.isDeletion()) {
            return AmendmentOutcome.DELETED;
        }
        boolean sinceEdited = message.deletion() == null && amendments.editedAt(newest) != target.editedAt();
        if (sinceEdited && changesFiles(amendment, message)) {
            return AmendmentOutcome.CHANGED;
        }
        records.forEach(each -> change(each, amendment, storedAt));
        bytes += amendments.record(amendment, storedAt);
        return AmendmentOutcome.AMENDED;
    }

    private static boolean changesFiles(Amendment amendment, ChatEvent.Message message) {
        return amendment.isDeletion()
                || (amendment.change() instanceof Amendment.Edit edit
                        && !EditedFiles.areSame(edit.content(), message.content()));
    }

    private void change(MessagePosition position, Amendment amendment, long storedAt) {
        ChatEvent.Message message = at(position);
        long before = HeapSize.of(message) + amendments.heap(position);
        ChatEvent.Message now = message;
        if (amendment.isDeletion()) {
            now = deleted(message, Deletion.of(amendment, storedAt));
            amendments.forget(position);
        } else if (message.deletion() == null) {
            now = amendments.amended(position, message, amendment, storedAt);
        }
        messages.put(position, now);
        bytes += HeapSize.of(now) + amendments.heap(position) - before;
    }

    /** The earliest deletion counts. */
    private static ChatEvent.Message deleted(ChatEvent.Message message, Deletion end) {
        Deletion before = message.deletion();
        return before != null && before.at() <= end.at() ? message : message.deleted(end);
    }

    Optional<Long> timeOf(Amendment amendment) {
        return amendments.timeOf(amendment);
    }

    AmendmentLog.AmendmentPage amendments(@Nullable MessagePosition after, int limit) {
        return amendments.list(
                after, limit, each -> find(each.about().from(), each.about().id()));
    }

    Optional<LoggedMessage> find(UserId author, MessageId id) {
        List<MessagePosition> records = records(author, id);
        return records.isEmpty() ? Optional.empty() : Optional.of(logged(records.get(records.size() - 1)));
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
                        .map(each -> logged(each.getKey()))
                        .toList();
    }

    Watermarks received(UserId user) {
        return received.getOrDefault(user, Watermarks.NONE);
    }

    /** Returns the entry for the list of this reader; null if no message is visible to them. */
    @Nullable
    ConversationEntry entry(ConversationId id, UserId user, UnreadRule rule) {
        HiddenMessages unseen = hiddenFrom(user);
        MessagePosition last = lastBut(unseen);
        if (last == null) {
            return null;
        }
        Watermarks got = received(user);
        List<ChatEvent.Message> unread =
                unread(user, rule, MessagePosition.later(got.displayed(), MessagePosition.endOf(rule.joinedAt() - 1)));
        return new ConversationEntry(
                id,
                logged(last),
                unread.size(),
                (int) unread.stream()
                        .filter(each -> each.content().mentions().contains(user))
                        .count(),
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

    private List<ChatEvent.Message> unread(UserId user, UnreadRule rule, @Nullable MessagePosition seen) {
        HiddenMessages unseen = hiddenFrom(user);
        return messages.descendingMap().entrySet().stream()
                .takeWhile(each -> each.getKey().isBehind(seen) && each.getKey().isBehind(unseen.upTo()))
                .filter(each -> !unseen.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .filter(each -> !each.from().equals(user)
                        && rule.counts(each.from(), each.content().isSystem()))
                .limit(ConversationEntry.MAX_UNREAD)
                .toList();
    }

    private ChatEvent.Message at(MessagePosition position) {
        ChatEvent.Message message = messages.get(position);
        if (message == null) {
            throw new IllegalStateException("the index names a message that is not there: " + position);
        }
        return message;
    }

    private LoggedMessage logged(MessagePosition position) {
        ChatEvent.Message message = at(position);
        Watermarks author = sent.getOrDefault(message.from(), Watermarks.NONE);
        return amendments.logged(message, position, author.of(position));
    }
}
