package io.webchat.dynamo;

import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPlace;
import io.webchat.core.Membership;
import io.webchat.core.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists a user's conversations. 1:1 conversations come from the index in the order of what their entries say. An
 * entry may be behind its conversation by one interval of {@link Entries}, so where it was written lately the
 * conversation itself is asked. Rooms have no such entries: each is asked for its last message.
 */
final class Conversations {
    /** How many more are read than asked for, since what is behind may belong further up. */
    private static final int MORE = 10;

    private static final int WIDTH = 16;

    private final Table table;
    private final EntryReader entries;
    private final History history;
    private final Retention retention;
    private final Gate gate = new Gate(WIDTH);

    Conversations(Table table, EntryReader entries, History history, Retention retention) {
        this.table = table;
        this.entries = entries;
        this.history = history;
        this.retention = retention;
    }

    /** A conversation that may be on the page. */
    private record Candidate(EntryKey key, Last last, EntryState own, long joinedAt) {
        ConversationPlace place() {
            return new ConversationPlace(last.place().storedAt(), key.conversation());
        }
    }

    CompletableFuture<List<ConversationEntry>> page(
            UserId user, Collection<Membership> rooms, @Nullable ConversationPlace before, int limit) {
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<List<Candidate>> inRooms = inRooms(user, rooms, before);
        return direct(user, before, limit)
                .thenCombine(inRooms, (direct, others) -> {
                    direct.addAll(others);
                    return direct.stream()
                            .sorted(Comparator.comparing(Candidate::place).reversed())
                            .limit(limit)
                            .toList();
                })
                .thenCompose(chosen -> each(chosen, this::entry));
    }

    private CompletableFuture<List<Candidate>> direct(UserId user, @Nullable ConversationPlace before, int limit) {
        QueryRequest query = table.queryIndex()
                .keyConditionExpression("gpk = :user AND gsk < :before")
                .expressionAttributeValues(Map.of(
                        ":user", Item.text(Keys.user(user)),
                        ":before", Item.text(before == null ? Keys.TIMES + "~" : Keys.listed(before))))
                .scanIndexForward(false)
                .limit(limit + MORE)
                .build();
        return direct(user, query, before, limit, new ArrayList<>());
    }

    private CompletableFuture<List<Candidate>> direct(
            UserId user, QueryRequest query, @Nullable ConversationPlace before, int limit, List<Candidate> found) {
        return table.query(query)
                .thenCompose(page -> entries.read(keys(user, page))
                        .thenCompose(read -> each(
                                List.copyOf(read.entrySet()), each -> current(each.getKey(), each.getValue(), before)))
                        .thenCompose(candidates -> {
                            candidates.forEach(each -> each.ifPresent(found::add));
                            if (found.size() >= limit || page.lastEvaluatedKey().isEmpty()) {
                                return CompletableFuture.completedFuture(found);
                            }
                            QueryRequest next = query.toBuilder()
                                    .exclusiveStartKey(page.lastEvaluatedKey())
                                    .build();
                            return direct(user, next, before, limit, found);
                        }));
    }

    private static List<EntryKey> keys(UserId user, QueryResponse page) {
        return page.items().stream()
                .map(item -> Item.text(item, Keys.SK).substring(Keys.ENTRIES.length()))
                .map(conversation -> new EntryKey(user, ConversationId.of(conversation)))
                .toList();
    }

    /** The conversation with the message that really is its last one, if the user may see that. */
    private CompletableFuture<Optional<Candidate>> current(
            EntryKey key, StoredEntry read, @Nullable ConversationPlace before) {
        Last said = read.state().last();
        if (said == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!read.mayBeBehind(retention.clock())) {
            return CompletableFuture.completedFuture(candidate(key, said, read.state(), 0));
        }
        return history.last(key.conversation())
                .thenApply(last -> last.flatMap(real -> {
                    Optional<Candidate> found = candidate(key, real, read.state(), 0);
                    // It belongs on an earlier page by now, which may have been read without it: better seen twice than
                    // lost.
                    return found.filter(each -> before == null || each.place().compareTo(before) < 0)
                            .or(() -> candidate(key, said, read.state(), 0).filter(each -> found.isPresent()));
                }));
    }

    private Optional<Candidate> candidate(EntryKey key, Last last, EntryState own, long joinedAt) {
        long storedAt = last.place().storedAt();
        return storedAt > own.hidden() && storedAt > retention.expiredUpTo()
                ? Optional.of(new Candidate(key, last, own, joinedAt))
                : Optional.empty();
    }

    private CompletableFuture<List<Candidate>> inRooms(
            UserId user, Collection<Membership> rooms, @Nullable ConversationPlace before) {
        Map<EntryKey, Membership> byKey = rooms.stream()
                .collect(Collectors.toMap(
                        each -> new EntryKey(user, ConversationId.room(each.room())),
                        each -> each,
                        (one, other) -> one));
        CompletableFuture<Map<EntryKey, StoredEntry>> own = entries.read(byKey.keySet());
        return each(
                        List.copyOf(byKey.keySet()),
                        key -> history.last(key.conversation())
                                .thenCombine(
                                        own,
                                        (last, read) -> last.flatMap(found -> candidate(
                                                key,
                                                found,
                                                read.getOrDefault(key, StoredEntry.NOTHING)
                                                        .state(),
                                                joinedAt(byKey, key)))))
                .thenApply(found -> found.stream()
                        .flatMap(Optional::stream)
                        .filter(each -> before == null || each.place().compareTo(before) < 0)
                        .toList());
    }

    private static long joinedAt(Map<EntryKey, Membership> rooms, EntryKey key) {
        Membership membership = rooms.get(key);
        return membership == null ? 0 : membership.joinedAt();
    }

    /** The same for each, a bounded number at once, in their order. */
    private <A, B> CompletableFuture<List<B>> each(List<A> items, Function<A, CompletableFuture<B>> work) {
        return Stages.list(
                items.stream().map(item -> gate.run(() -> work.apply(item))).toList());
    }

    private CompletableFuture<ConversationEntry> entry(Candidate chosen) {
        ConversationId conversation = chosen.key().conversation();
        UserId user = chosen.key().user();
        UserId author = chosen.last().place().author();
        long storedAt = chosen.last().place().storedAt();
        long seen = Math.max(
                Math.max(chosen.own().hidden(), chosen.joinedAt()),
                chosen.own().received().displayed());
        CompletableFuture<Integer> unread = storedAt <= seen
                ? CompletableFuture.completedFuture(0)
                : history.unread(conversation, user, seen, ConversationEntry.MAX_UNREAD);
        CompletableFuture<EntryState> authors = author.equals(user)
                ? CompletableFuture.completedFuture(chosen.own())
                : entries.of(conversation, List.of(author))
                        .thenApply(read -> read.getOrDefault(author, EntryState.NONE));
        return unread.thenCombine(
                authors,
                (count, sent) -> new ConversationEntry(
                        conversation,
                        History.logged(Messages.decode(chosen.last().event()), storedAt, sent),
                        count,
                        chosen.own().sent(),
                        chosen.own().received()));
    }
}
