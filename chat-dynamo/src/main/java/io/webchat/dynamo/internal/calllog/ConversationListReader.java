package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableClient;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
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
 * Lists a user's conversations.
 *
 * <p>1:1 conversations come from the index, ordered by the time in their entries. This time may be older than the last
 * message, by at most {@link ListPositionWriter#MAX_LAG}. So this class reads the last message of each conversation,
 * and reads on in the index until no later entry can belong on the page.
 *
 * <p>Rooms have no such entries; this class reads the last message of each.
 */
final class ConversationListReader {
    /** The number of extra entries per request, because some are out of order or hidden. */
    private static final int MORE = 10;

    private static final int MAX_IN_FLIGHT = 16;

    private final TableClient table;
    private final EntryReader entries;
    private final HistoryReader history;
    private final UnreadCounter unread;
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(MAX_IN_FLIGHT);

    ConversationListReader(TableClient table, EntryReader entries, HistoryReader history, UnreadCounter unread) {
        this.table = table;
        this.entries = entries;
        this.history = history;
        this.unread = unread;
    }

    /** A conversation that may be on the page. */
    private record Candidate(EntryKey key, LatestMessage last, EntryState own, UnreadRule rule) {
        ConversationPosition position() {
            return new ConversationPosition(last.position().storedAt(), key.conversation());
        }
    }

    CompletableFuture<List<ConversationEntry>> page(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<List<Candidate>> inRooms = inRooms(reader, before);
        return direct(reader.user(), before, limit)
                .thenCombine(inRooms, (direct, others) -> {
                    direct.addAll(others);
                    return direct.stream()
                            .sorted(Comparator.comparing(Candidate::position).reversed())
                            .limit(limit)
                            .toList();
                })
                .thenCompose(chosen -> each(chosen, this::entry));
    }

    private CompletableFuture<List<Candidate>> direct(UserId user, @Nullable ConversationPosition before, int limit) {
        QueryRequest query = table.queryIndex()
                .keyConditionExpression("gpk = :user AND gsk < :before")
                .expressionAttributeValues(Map.of(
                        ":user", Item.text(TableKeys.user(user)),
                        ":before", Item.text(before == null ? CallLogKeys.TIMES + "~" : CallLogKeys.listed(before))))
                .scanIndexForward(false)
                .limit(limit + MORE)
                .build();
        return direct(user, query, before, limit, new ArrayList<>());
    }

    private CompletableFuture<List<Candidate>> direct(
            UserId user, QueryRequest query, @Nullable ConversationPosition before, int limit, List<Candidate> found) {
        return table.query(query)
                .thenCompose(page -> entries.read(keys(user, page))
                        .thenCompose(read -> each(
                                List.copyOf(read.entrySet()),
                                each -> candidate(each.getKey(), each.getValue().state(), UnreadRule.DIRECT, before)))
                        .thenCompose(candidates -> {
                            candidates.forEach(each -> each.ifPresent(found::add));
                            if (page.lastEvaluatedKey().isEmpty() || complete(found, limit, page)) {
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
                .map(item -> Item.text(item, TableKeys.SK).substring(CallLogKeys.ENTRIES.length()))
                .map(conversation -> new EntryKey(user, ConversationId.of(conversation)))
                .toList();
    }

    /** Whether the page is full and all entries that follow in the index are older. */
    private static boolean complete(List<Candidate> found, int limit, QueryResponse page) {
        if (found.size() < limit || page.items().isEmpty()) {
            return false;
        }
        long said = CallLogKeys.listedAt(Item.text(page.items().get(page.items().size() - 1), TableKeys.INDEX_SK));
        long newer = found.stream()
                .filter(each -> each.position().lastAt() >= said + ListPositionWriter.MAX_LAG.toMillis())
                .count();
        return newer >= limit;
    }

    /** The conversation with its last message, if the user may see it and it comes after {@code before} in the list. */
    private CompletableFuture<Optional<Candidate>> candidate(
            EntryKey key, EntryState own, UnreadRule rule, @Nullable ConversationPosition before) {
        return history.last(key.conversation(), own)
                .thenApply(last -> last.map(found -> new Candidate(key, found, own, rule))
                        .filter(found -> before == null || found.position().compareTo(before) < 0));
    }

    private CompletableFuture<List<Candidate>> inRooms(
            ConversationReader reader, @Nullable ConversationPosition before) {
        Map<EntryKey, UnreadRule> byKey = reader.rooms().stream()
                .collect(Collectors.toMap(
                        each -> new EntryKey(reader.user(), ConversationId.room(each.room())),
                        each -> UnreadRule.inRoom(each.joinedAt(), reader.blocked()),
                        (one, other) -> one));
        return entries.read(byKey.keySet())
                .thenCompose(own -> each(
                        List.copyOf(byKey.keySet()),
                        key -> candidate(
                                key,
                                own.getOrDefault(key, StoredEntry.NOTHING).state(),
                                byKey.getOrDefault(key, UnreadRule.DIRECT),
                                before)))
                .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
    }

    /** Does the work for each item, a limited number at a time. The results have the order of the items. */
    private <A, B> CompletableFuture<List<B>> each(List<A> items, Function<A, CompletableFuture<B>> work) {
        return Futures.list(
                items.stream().map(item -> limiter.run(() -> work.apply(item))).toList());
    }

    private CompletableFuture<ConversationEntry> entry(Candidate chosen) {
        ConversationId conversation = chosen.key().conversation();
        UserId user = chosen.key().user();
        UserId author = chosen.last().position().author();
        CompletableFuture<UnreadCounter.Unread> count = unread.count(
                chosen.key(), chosen.own(), chosen.rule(), chosen.last().key());
        CompletableFuture<EntryState> authors = author.equals(user)
                ? CompletableFuture.completedFuture(chosen.own())
                : entries.of(conversation, List.of(author))
                        .thenApply(read -> read.getOrDefault(author, EntryState.NONE));
        return count.thenCombine(
                authors,
                (unread, sent) -> new ConversationEntry(
                        conversation,
                        chosen.last().logged(sent),
                        unread.messages(),
                        unread.mentions(),
                        chosen.own().sent(),
                        chosen.own().received()));
    }
}
