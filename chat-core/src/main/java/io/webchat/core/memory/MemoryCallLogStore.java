package io.webchat.core.memory;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.calllog.ReaderMarks;
import io.webchat.core.spi.support.ByteBudget;
import io.webchat.core.spi.support.HeapShare;
import io.webchat.core.spi.support.UnreadRule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The call log in the memory of this process. The number of messages per conversation, the number of conversations and
 * the bytes of all of them are bounded. When there are too many, the conversation with the oldest last append is
 * removed; the last conversation loses its oldest messages instead. Stages are complete when they are returned.
 */
public final class MemoryCallLogStore implements CallLogStore, CallLogRemoval, ReaderMarks, AmendmentLog {
    private static final int MESSAGES = 10_000;
    private static final int CONVERSATIONS = 100_000;

    /** In the order of the last append; guarded by this. */
    private final LinkedHashMap<ConversationId, LoggedConversation> conversations = new LinkedHashMap<>();
    /** Guarded by this. */
    private final Map<UserId, Set<ConversationId>> byUser = new HashMap<>();

    private final int maxMessages;
    private final int maxConversations;
    private final ByteBudget budget;

    private MemoryCallLogStore(int maxMessages, int maxConversations, ByteBudget budget) {
        this.maxMessages = maxMessages;
        this.maxConversations = maxConversations;
        this.budget = budget;
    }

    /**
     * Makes a call log of 10 000 messages per conversation, 100 000 conversations, and its {@linkplain
     * HeapShare#CALL_LOG share} of the heap.
     */
    public static MemoryCallLogStore create() {
        return create(MESSAGES, CONVERSATIONS);
    }

    /**
     * Makes a call log with other bounds, and its share of the heap.
     *
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryCallLogStore create(int maxMessages, int maxConversations) {
        return create(maxMessages, maxConversations, HeapShare.CALL_LOG.bytes());
    }

    /**
     * Makes a call log with other bounds.
     *
     * @param maxBytes the heap that all conversations may take: 1 200 bytes for each, and for each message 600 bytes
     *     and two per character of its text
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryCallLogStore create(int maxMessages, int maxConversations, long maxBytes) {
        if (maxMessages < 1 || maxConversations < 1) {
            throw new IllegalArgumentException("maxMessages and maxConversations must be 1 or more");
        }
        return new MemoryCallLogStore(maxMessages, maxConversations, new ByteBudget("conversations", maxBytes));
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        change(() -> toWrite(conversation), existing -> {
            existing.append(message, storedAt);
            return true;
        });
        return CompletableFuture.completedFuture(null);
    }

    /** Takes a step in a conversation, and notes how its heap has changed; returns null without a conversation. */
    private <T> @Nullable T change(
            Supplier<@Nullable LoggedConversation> conversation, Function<LoggedConversation, T> step) {
        T result = changeOne(conversation, step);
        if (budget.isExceeded()) {
            shrink();
        }
        return result;
    }

    private <T> @Nullable T changeOne(
            Supplier<@Nullable LoggedConversation> conversation, Function<LoggedConversation, T> step) {
        while (true) {
            LoggedConversation found = conversation.get();
            if (found == null) {
                return null;
            }
            synchronized (found) {
                if (!found.isRemoved()) {
                    return charged(found, step);
                }
            }
        }
    }

    /** The caller holds the monitor of the conversation. */
    private <T> T charged(LoggedConversation conversation, Function<LoggedConversation, T> step) {
        long before = conversation.heap();
        try {
            return step.apply(conversation);
        } finally {
            budget.add(conversation.heap() - before);
        }
    }

    @Override
    public CompletionStage<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        AmendmentOutcome outcome =
                change(() -> find(amendment.conversation()), existing -> existing.amend(target, amendment, storedAt));
        return CompletableFuture.completedFuture(outcome == null ? AmendmentOutcome.MISSING : outcome);
    }

    @Override
    public CompletionStage<Optional<Long>> timeOf(Amendment amendment, long since) {
        LoggedConversation existing = find(amendment.conversation());
        if (existing == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        synchronized (existing) {
            return CompletableFuture.completedFuture(existing.timeOf(amendment));
        }
    }

    @Override
    public CompletionStage<AmendmentPage> amendments(
            ConversationId conversation, @Nullable MessagePosition after, int limit) {
        LoggedConversation existing = find(conversation);
        if (existing == null) {
            return CompletableFuture.completedFuture(new AmendmentPage(List.of(), null));
        }
        synchronized (existing) {
            return CompletableFuture.completedFuture(existing.amendments(after, limit));
        }
    }

    @Override
    public CompletionStage<Void> mark(Mark mark) {
        // Created if necessary, because the message of the mark may be recorded later.
        change(() -> toMark(mark.conversation()), existing -> {
            existing.mark(mark);
            return true;
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        LoggedConversation existing = find(conversation);
        if (existing == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        synchronized (existing) {
            return CompletableFuture.completedFuture(existing.find(author, id));
        }
    }

    @Override
    public CompletionStage<List<ChatEvent.Message>> quoted(
            ConversationId conversation, UserId reader, Collection<MessageRef> references) {
        LoggedConversation existing = find(conversation);
        if (existing == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        synchronized (existing) {
            return CompletableFuture.completedFuture(existing.quoted(reader, references));
        }
    }

    @Override
    public CompletionStage<List<LoggedMessage>> messages(
            ConversationId conversation, UserId reader, HistoryRange range) {
        LoggedConversation existing = find(conversation);
        if (existing == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        synchronized (existing) {
            return CompletableFuture.completedFuture(existing.messages(reader, range));
        }
    }

    @Override
    public CompletionStage<List<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        UserId user = reader.user();
        Stream<@Nullable ConversationEntry> direct =
                conversationsOf(user).stream().map(each -> entry(each, user, UnreadRule.DIRECT));
        Stream<@Nullable ConversationEntry> inRooms = reader.rooms().stream()
                .map(each -> entry(
                        ConversationId.room(each.room()), user, UnreadRule.inRoom(each.joinedAt(), reader.blocked())));
        return CompletableFuture.completedFuture(Stream.concat(direct, inRooms)
                .filter(Objects::nonNull)
                .filter(each -> before == null || each.position().compareTo(before) < 0)
                .sorted(Comparator.comparing(ConversationEntry::position).reversed())
                .limit(limit)
                .toList());
    }

    private @Nullable ConversationEntry entry(ConversationId id, UserId reader, UnreadRule rule) {
        LoggedConversation existing = find(id);
        if (existing == null) {
            return null;
        }
        synchronized (existing) {
            return existing.entry(id, reader, rule);
        }
    }

    @Override
    public CompletionStage<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users) {
        LoggedConversation existing = find(conversation);
        Map<UserId, Watermarks> marks = new HashMap<>();
        users.forEach(each -> marks.put(each, Watermarks.NONE));
        if (existing != null) {
            synchronized (existing) {
                marks.replaceAll((user, none) -> existing.received(user));
            }
        }
        return CompletableFuture.completedFuture(marks);
    }

    @Override
    public CompletionStage<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo) {
        change(() -> find(conversation), existing -> {
            existing.hide(user, upTo);
            return true;
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Set<UserId>> partners(UserId user) {
        return CompletableFuture.completedFuture(conversationsOf(user).stream()
                .flatMap(each -> each.users().stream())
                .filter(each -> !each.equals(user))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public synchronized CompletionStage<Void> erase(ConversationId conversation) {
        remove(conversation);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> erase(UserId user) {
        conversationsOf(user).forEach(this::erase);
        conversations.values().forEach(each -> {
            synchronized (each) {
                charged(each, conversation -> {
                    conversation.forget(user);
                    return true;
                });
            }
        });
        return CompletableFuture.completedFuture(null);
    }

    private synchronized List<ConversationId> conversationsOf(UserId user) {
        return List.copyOf(byUser.getOrDefault(user, Set.of()));
    }

    private synchronized @Nullable LoggedConversation find(ConversationId id) {
        return conversations.get(id);
    }

    private synchronized LoggedConversation toMark(ConversationId id) {
        LoggedConversation existing = conversations.get(id);
        return existing == null ? toWrite(id) : existing;
    }

    private synchronized LoggedConversation toWrite(ConversationId id) {
        LoggedConversation existing = conversations.remove(id);
        if (existing == null) {
            existing = new LoggedConversation(maxMessages);
            budget.add(existing.heap());
            id.users().forEach(user -> index(user, id));
        }
        // Moved to the end, so that the eldest conversation is the one with the oldest last append.
        conversations.put(id, existing);
        if (conversations.size() > maxConversations) {
            remove(conversations.keySet().iterator().next());
        }
        return existing;
    }

    private synchronized void shrink() {
        while (budget.isExceeded() && conversations.size() > 1) {
            remove(conversations.keySet().iterator().next());
        }
        for (LoggedConversation last : conversations.values()) {
            synchronized (last) {
                boolean removed = true;
                while (budget.isExceeded() && removed) {
                    removed = charged(last, LoggedConversation::removeOldest);
                }
            }
        }
    }

    private synchronized void remove(ConversationId id) {
        LoggedConversation gone = conversations.remove(id);
        if (gone != null) {
            unindex(id);
            synchronized (gone) {
                budget.add(-gone.heap());
                gone.remove();
            }
        }
    }

    private void index(UserId user, ConversationId id) {
        byUser.computeIfAbsent(user, any -> new HashSet<>()).add(id);
    }

    private void unindex(ConversationId id) {
        for (UserId user : id.users()) {
            byUser.computeIfPresent(user, (any, ids) -> {
                ids.remove(id);
                return ids.isEmpty() ? null : ids;
            });
        }
    }
}
