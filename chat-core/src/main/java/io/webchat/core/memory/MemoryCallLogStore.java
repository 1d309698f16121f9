package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.Page;
import io.webchat.core.UserId;
import io.webchat.core.spi.CallLogStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call log in this process's memory, bounded twice: so many messages per conversation, so many
 * conversations; what was written to least recently goes first. Stages are complete when they are returned.
 */
public final class MemoryCallLogStore implements CallLogStore {
    private static final int MESSAGES = 10_000;
    private static final int CONVERSATIONS = 100_000;

    private static final Comparator<ConversationEntry> LATEST_FIRST = Comparator.<ConversationEntry>comparingLong(
                    each -> each.last().storedAt())
            .thenComparing(each -> each.id().value())
            .reversed();

    /** In the order of the last append; guarded by this. */
    private final LinkedHashMap<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    /** Guarded by this. */
    private final Map<UserId, Set<ConversationId>> byUser = new HashMap<>();

    private final int maxMessages;
    private final int maxConversations;

    private MemoryCallLogStore(int maxMessages, int maxConversations) {
        this.maxMessages = maxMessages;
        this.maxConversations = maxConversations;
    }

    /** A call log of 10 000 messages per conversation and 100 000 conversations. */
    public static MemoryCallLogStore create() {
        return create(MESSAGES, CONVERSATIONS);
    }

    /**
     * A call log with other bounds.
     *
     * @throws IllegalArgumentException when a bound is below 1
     */
    public static MemoryCallLogStore create(int maxMessages, int maxConversations) {
        if (maxMessages < 1 || maxConversations < 1) {
            throw new IllegalArgumentException("maxMessages and maxConversations must be 1 or more");
        }
        return new MemoryCallLogStore(maxMessages, maxConversations);
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        Conversation there = openOrCreate(conversation, message);
        synchronized (there) {
            there.append(message, storedAt);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> mark(ConversationId conversation, UserId reader, MessageStatus status, long upTo) {
        // Of the conversation itself where it is new: the message that the mark is about may be recorded later.
        Conversation there = conversation.isDirect() ? openOrCreate(conversation) : find(conversation);
        if (there != null) {
            synchronized (there) {
                there.mark(reader, status, upTo);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        Conversation there = find(conversation);
        if (there == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        synchronized (there) {
            return CompletableFuture.completedFuture(there.find(author, id));
        }
    }

    @Override
    public CompletionStage<Page<LoggedMessage>> messages(ConversationId conversation, int limit, String cursor) {
        return answer(() -> {
            Conversation.Place before = cursor.isEmpty() ? null : place(Cursors.decode(cursor, 2));
            Conversation there = find(conversation);
            if (there == null) {
                return new Page<>(List.of(), null);
            }
            synchronized (there) {
                return page(there.before(before, limit + 1), limit, MemoryCallLogStore::cursorOf);
            }
        });
    }

    @Override
    public CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor) {
        return answer(() -> {
            List<String> before = cursor.isEmpty() ? List.of() : Cursors.decode(cursor, 1);
            List<ConversationEntry> found = conversationsOf(user).stream()
                    .map(this::entry)
                    .filter(Objects::nonNull)
                    .filter(each -> before.isEmpty() || isBehind(each, before))
                    .sorted(LATEST_FIRST)
                    .limit(limit + 1L)
                    .toList();
            return page(
                    found,
                    limit,
                    each -> Cursors.encode(each.last().storedAt(), each.id().value()));
        });
    }

    private static boolean isBehind(ConversationEntry entry, List<String> place) {
        int byTime = Long.compare(entry.last().storedAt(), Long.parseLong(place.get(0)));
        return byTime < 0 || (byTime == 0 && entry.id().value().compareTo(place.get(1)) < 0);
    }

    private static Conversation.Place place(List<String> parts) {
        return new Conversation.Place(Long.parseLong(parts.get(0)), parts.get(1), parts.get(2));
    }

    private static String cursorOf(LoggedMessage each) {
        return Cursors.encode(
                each.storedAt(),
                each.message().from().value(),
                each.message().id().value());
    }

    /** {@code found} holds one more than the limit where there is a next page. */
    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursorOf) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursorOf.apply(items.get(limit - 1)));
    }

    private static <T> CompletionStage<T> answer(Supplier<T> question) {
        try {
            return CompletableFuture.completedFuture(question.get());
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private @Nullable ConversationEntry entry(ConversationId id) {
        Conversation there = find(id);
        if (there == null) {
            return null;
        }
        synchronized (there) {
            LoggedMessage last = there.last();
            return last == null ? null : new ConversationEntry(id, last);
        }
    }

    private synchronized List<ConversationId> conversationsOf(UserId user) {
        return List.copyOf(byUser.getOrDefault(user, Set.of()));
    }

    private synchronized @Nullable Conversation find(ConversationId id) {
        return conversations.get(id);
    }

    private synchronized Conversation openOrCreate(ConversationId id) {
        Conversation there = conversations.get(id);
        if (there == null) {
            there = new Conversation(maxMessages);
            id.users().forEach(user -> index(user, id));
            put(id, there);
        }
        return there;
    }

    private synchronized Conversation openOrCreate(ConversationId id, ChatEvent.Message message) {
        Conversation there = conversations.remove(id);
        if (there == null) {
            there = new Conversation(maxMessages);
            index(message.from(), id);
            index(message.to(), id);
        }
        // To the end, so that the eldest is what was written to least recently, whatever was read.
        put(id, there);
        return there;
    }

    private void put(ConversationId id, Conversation there) {
        conversations.put(id, there);
        if (conversations.size() > maxConversations) {
            forgetEldest();
        }
    }

    private void index(UserId user, ConversationId id) {
        byUser.computeIfAbsent(user, any -> new TreeSet<>(Comparator.comparing(ConversationId::value)))
                .add(id);
    }

    private void forgetEldest() {
        ConversationId eldest = conversations.keySet().iterator().next();
        conversations.remove(eldest);
        for (UserId user : eldest.users()) {
            byUser.computeIfPresent(user, (any, ids) -> {
                ids.remove(eldest);
                return ids.isEmpty() ? null : ids;
            });
        }
    }
}
