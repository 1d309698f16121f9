package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPlace;
import io.webchat.core.Envelope;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Membership;
import io.webchat.core.MessageId;
import io.webchat.core.MessagePlace;
import io.webchat.core.UserId;
import io.webchat.core.spi.HistoryRange;
import io.webchat.core.spi.QueueSlice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a queue has lost and its user has not received, read from the call log piece by piece: per conversation oldest
 * first, so that each author's messages keep their order. A call at a time; one that failed may be repeated.
 *
 * <p>It may give a message that the user has, where that was delivered in the last moments before the loss.
 */
final class Recovery {
    private static final int CONVERSATIONS = 50;
    /** A room's messages reach a member's queue later than the log, and in another order, though not by so much. */
    private static final long ROOM_MARGIN = Duration.ofMinutes(2).toMillis();

    /** What nobody fetched for so long is not brought back. */
    private static final Duration RECOVERED = Duration.ofDays(30);

    private static final MessageId ANY = MessageId.of("0");

    /**
     * How far the times of a lost queue may have been ahead of the clock: under many messages at once they grow by one
     * millisecond each.
     */
    private static final long AHEAD = Duration.ofMinutes(1).toMillis();

    /** Nodes, whose clocks say when a member joined, are not further apart from the queue's server than this. */
    private static final long CLOCKS = Duration.ofMinutes(10).toMillis();

    private static final int READ = 256;
    /** Of the call log at once, whatever is wanted: most of it may be what the user wrote. */
    private static final int PAGE = 256;

    /**
     * A conversation to read.
     *
     * @param most how many messages may be lost there at most; {@link Integer#MAX_VALUE} where that is not known
     */
    private record Undelivered(ConversationId conversation, long after, int most) {}

    private final Backends backends;
    private final UserId user;
    private final long since;
    private final long made;
    /** The queue has whatever was stored from then on, if it was not lost from a queue whose times were ahead. */
    private final long head;

    private final long until;
    /** What the queue has, as far as it was read, and at which Seq; no more than a queue holds. */
    private final Map<MessageKey, Long> queued = new HashMap<>();

    private long queueRead;
    /** Of the first of {@link #found}: the lowest Seq of a message that was left to the queue, and their authors. */
    private long leftFrom = Long.MAX_VALUE;

    private final Set<UserId> leftOf = new HashSet<>();
    private boolean outdated;
    private final Deque<Undelivered> found = new ArrayDeque<>();
    private final Set<ConversationId> noted = new HashSet<>();
    private @Nullable List<Membership> rooms;
    /** Where the list began when it was read first, and where it is to be read on. */
    private @Nullable ConversationPlace top;

    private @Nullable ConversationPlace listed;
    private boolean allListed;
    private boolean listedAgain;
    /** Where the first of {@link #found} is to be read on, and how much was found there. */
    private @Nullable MessagePlace readOn;

    private int readLost;
    /** What was read and not given yet. */
    private final Deque<LoggedMessage> ready = new ArrayDeque<>();

    /** Messages to this user that are not in this queue. */
    Recovery(Backends backends, UserId user, QueueSlice queue) {
        this.backends = backends;
        this.user = user;
        this.since = System.currentTimeMillis() - RECOVERED.toMillis();
        this.queueRead = queue.first() - 1;
        // The Seqs of a queue begin at the microsecond when it was made, and what it gets stays until it is confirmed.
        made = queue.first() / 1000;
        boolean empty = queue.events().isEmpty();
        head = empty ? made : queue.events().get(0).storedAt();
        until = empty ? Long.MAX_VALUE : Math.max(head, made + AHEAD);
    }

    /** Some more messages, about so many; none at the end. */
    CompletableFuture<List<LoggedMessage>> next(int limit) {
        if (!listedAgain) {
            // All of them before the first is read, since a new message moves a conversation away from its place.
            return list().thenCompose(more -> next(limit));
        }
        Undelivered first = found.peek();
        if (ready.isEmpty() && first != null) {
            return read(first).thenCompose(done -> next(limit));
        }
        List<LoggedMessage> some = ready.stream().limit(limit).toList();
        some.forEach(each -> ready.remove());
        return CompletableFuture.completedFuture(some);
    }

    /**
     * Whether the queue has lost what was left to it: that has to come before what else its conversation has, and so
     * from a recovery that begins anew.
     */
    boolean outdated() {
        return outdated;
    }

    private CompletableFuture<Void> list() {
        return memberships()
                .thenCompose(joined -> backends.logs(
                                "conversations", log -> log.conversations(user, joined, listed, CONVERSATIONS))
                        .thenAccept(this::listed));
    }

    private void listed(List<ConversationEntry> page) {
        page.forEach(this::note);
        ConversationPlace last =
                page.isEmpty() ? null : page.get(page.size() - 1).place();
        if (top == null && !page.isEmpty()) {
            top = page.get(0).place();
        }
        boolean end = last == null || page.size() < CONVERSATIONS || last.lastAt() <= since;
        if (allListed) {
            // Once more from the top, for what moved there meanwhile.
            listedAgain = last == null || end || top == null || last.compareTo(top) <= 0;
            listed = last;
        } else {
            allListed = end;
            // Nothing can move between the pages where there is only one.
            listedAgain = end && listed == null;
            listed = end ? null : last;
        }
    }

    private CompletableFuture<List<Membership>> memberships() {
        List<Membership> known = rooms;
        return known != null
                ? CompletableFuture.completedFuture(known)
                : backends.rooms("roomsOf", store -> store.roomsOf(user)).thenApply(joined -> {
                    rooms = joined;
                    return joined;
                });
    }

    private void note(ConversationEntry entry) {
        long delivered = entry.received().delivered();
        long after = Math.max(since, entry.id().isDirect() ? delivered : delivered - ROOM_MARGIN);
        boolean own = entry.id().users().equals(Set.of(user));
        boolean nothing = entry.id().isDirect() && entry.unread() == 0 && !own;
        if (entry.last().storedAt() <= after || nothing || !noted.add(entry.id())) {
            return;
        }
        // Rooms last: of those something may come that was received, which must not take the place of what was not.
        if (entry.id().isDirect()) {
            boolean counted = entry.unread() < ConversationEntry.MAX_UNREAD && !own;
            found.addFirst(new Undelivered(entry.id(), after, counted ? entry.unread() : Integer.MAX_VALUE));
        } else {
            long joined = Math.max(after, joinedAt(entry.id()) - CLOCKS);
            found.addLast(new Undelivered(entry.id(), joined, Integer.MAX_VALUE));
        }
    }

    private long joinedAt(ConversationId conversation) {
        List<Membership> known = rooms;
        return known == null
                ? 0
                : known.stream()
                        .filter(each -> ConversationId.room(each.room()).equals(conversation))
                        .mapToLong(Membership::joinedAt)
                        .findFirst()
                        .orElse(0);
    }

    private CompletableFuture<Void> read(Undelivered from) {
        // Begins among those of the last moment that is of no interest, which the filter drops.
        MessagePlace behind = readOn == null ? new MessagePlace(from.after() - 1, user, ANY) : readOn;
        HistoryRange range = new HistoryRange(behind, null, true, PAGE);
        return backends.logs("messages", log -> log.messages(from.conversation(), user, range))
                .thenCompose(messages -> lost(undelivered(from, messages), queuedFrom(from))
                        // Only now: a call that failed is repeated.
                        .thenAccept(lost -> advance(from, messages, lost)));
    }

    private long queuedFrom(Undelivered from) {
        return from.conversation().isDirect() ? head : head - ROOM_MARGIN;
    }

    private List<LoggedMessage> undelivered(Undelivered from, List<LoggedMessage> messages) {
        return messages.stream()
                .filter(each -> each.storedAt() > from.after() && each.storedAt() < until)
                .filter(each -> !each.message().from().equals(user) || isToOneself(each.message()))
                .toList();
    }

    private static boolean isToOneself(ChatEvent.Message message) {
        return message.room() == null && message.from().equals(message.to());
    }

    private void advance(Undelivered from, List<LoggedMessage> messages, List<LoggedMessage> lost) {
        ready.addAll(lost);
        readLost += lost.size();
        LoggedMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        if (last == null || messages.size() < PAGE || last.storedAt() >= until || readLost >= from.most()) {
            found.remove();
            readOn = null;
            readLost = 0;
            leftFrom = Long.MAX_VALUE;
            leftOf.clear();
        } else {
            readOn = last.place();
        }
    }

    /** Those of these that the queue does not have: where it has one, that one's place in the order counts. */
    private CompletableFuture<List<LoggedMessage>> lost(List<LoggedMessage> undelivered, long queuedFrom) {
        if (undelivered.stream().allMatch(each -> each.storedAt() < queuedFrom)) {
            return CompletableFuture.completedFuture(undelivered);
        }
        // Read on now, since what is logged was queued before, or is about to be where it is a room's.
        return readQueue().thenApply(first -> {
            outdated |= first > leftFrom;
            queued.values().removeIf(seq -> seq < first);
            return undelivered.stream().filter(each -> !leave(each)).toList();
        });
    }

    private boolean leave(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        Long seq = queued.get(MessageKey.of(message));
        if (seq == null) {
            // On its way to the queue, behind what is there of its author.
            return message.room() != null && logged.storedAt() >= made && leftOf.contains(message.from());
        }
        leftFrom = Math.min(leftFrom, seq);
        leftOf.add(message.from());
        return true;
    }

    /** Where the queue begins now. */
    private CompletableFuture<Long> readQueue() {
        return backends.read(user, queueRead, READ).thenCompose(slice -> {
            for (Envelope each : slice.events()) {
                if (each.event() instanceof ChatEvent.Message message) {
                    queued.put(MessageKey.of(message), each.seq());
                }
                queueRead = each.seq();
            }
            return slice.events().size() < READ ? CompletableFuture.completedFuture(slice.first()) : readQueue();
        });
    }
}
