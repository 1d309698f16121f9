package io.webchat.core.internal.policy;

import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.calllog.HistoryRange;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Knows which people have a 1:1 conversation or a room in common. A conversation counts while one of the two has not
 * deleted it. Messages that pass this node hold at once; other changes within the age of the cache.
 */
final class Acquaintances {
    private static final int MAX_ENTRIES = 50_000;
    /** A conversation does not vanish, except when both delete it, so it need not be looked up often. */
    private static final long MEMORY = Duration.ofMinutes(10).toNanos();

    /** Two people, in the order of their ids. */
    private record Pair(UserId one, UserId two) {
        static Pair of(UserId one, UserId two) {
            return one.value().compareTo(two.value()) <= 0 ? new Pair(one, two) : new Pair(two, one);
        }
    }

    private final BackendCalls backends;
    private final LongSupplier nanoTime;
    private final ExpiringCache<Pair, Boolean> answers;
    private final ExpiringCache<UserId, Set<RoomId>> rooms;
    /** The pairs with a conversation, and when that was seen last. */
    private final Map<Pair, Long> conversations = new ConcurrentHashMap<>();

    Acquaintances(BackendCalls backends, Duration maxAge, LongSupplier nanoTime) {
        this.backends = backends;
        this.nanoTime = nanoTime;
        this.answers = new ExpiringCache<>(this::find, MAX_ENTRIES, maxAge, nanoTime);
        this.rooms = new ExpiringCache<>(
                user -> backends.rooms("roomsOf", store -> store.roomsOf(user))
                        .thenApply(all -> all.stream().map(Membership::room).collect(Collectors.toUnmodifiableSet())),
                MAX_ENTRIES,
                maxAge,
                nanoTime);
    }

    /** Whether the two know each other; fails with {@code unavailable}. */
    CompletableFuture<Boolean> know(UserId one, UserId two) {
        Pair pair = Pair.of(one, two);
        return isFresh(pair) ? CompletableFuture.completedFuture(true) : answers.get(pair);
    }

    private boolean isFresh(Pair pair) {
        Long seen = conversations.get(pair);
        return seen != null && nanoTime.getAsLong() - seen < MEMORY;
    }

    /** A message of one to the other passes this node. */
    void onMessage(UserId from, UserId to) {
        remember(Pair.of(from, to));
    }

    private void remember(Pair pair) {
        if (conversations.size() >= MAX_ENTRIES) {
            conversations.clear();
        }
        conversations.put(pair, nanoTime.getAsLong());
    }

    private CompletableFuture<Boolean> find(Pair pair) {
        return hasConversation(pair, pair.one)
                .thenCompose(has -> has ? CompletableFuture.completedFuture(true) : hasConversation(pair, pair.two))
                .thenCompose(has -> {
                    if (has) {
                        remember(pair);
                        return CompletableFuture.completedFuture(true);
                    }
                    return haveRoom(pair);
                });
    }

    private CompletableFuture<Boolean> hasConversation(Pair pair, UserId reader) {
        ConversationId conversation = ConversationId.direct(pair.one, pair.two);
        return backends.callLog("messages", log -> log.messages(conversation, reader, HistoryRange.newest(1)))
                .thenApply(found -> !found.isEmpty());
    }

    private CompletableFuture<Boolean> haveRoom(Pair pair) {
        return rooms.get(pair.one)
                .thenCombine(rooms.get(pair.two), (some, others) -> !Collections.disjoint(some, others));
    }
}
