package io.webchat.core.internal.delivery;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPosition;
import io.webchat.core.Envelope;
import io.webchat.core.LoggedMessage;
import io.webchat.core.Membership;
import io.webchat.core.MessagePosition;
import io.webchat.core.UserId;
import io.webchat.core.internal.backend.BackendCalls;
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
 * Reads from the call log the messages that a queue has lost and its user has not received. It reads one conversation
 * after another, each from the oldest message on, so that each author's messages keep their order. One call is under
 * way at a time; a failed call may be repeated.
 *
 * <p>It may return a message that the user has received, if that was delivered in the last moments before the loss.
 */
final class Recovery {
    private static final int LIST_PAGE = 50;
    /**
     * The largest difference between the call log and a member's queue for a message in a room. The queue gets it later
     * and perhaps in another order.
     */
    private static final long ROOM_MARGIN = Duration.ofMinutes(2).toMillis();

    /** Messages older than this are not restored. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    /**
     * The largest time by which the times in a lost queue were ahead of the clock. Each message adds at least one
     * millisecond, so they run ahead under high load.
     */
    private static final long MAX_AHEAD = Duration.ofMinutes(1).toMillis();

    /**
     * The largest difference between the clocks of a node, which dates a member's joining, and of the queue's server.
     */
    private static final long MAX_CLOCK_SKEW = Duration.ofMinutes(10).toMillis();

    private static final int QUEUE_READ = 256;
    /** The page size for the call log, independent of the limit: most of a page may be the user's own messages. */
    private static final int LOG_PAGE = 256;

    /**
     * A conversation to read.
     *
     * @param after the position up to which the user has received all messages, or needs none
     * @param max the largest number of lost messages; {@link Integer#MAX_VALUE} if it is unknown
     */
    private record Undelivered(ConversationId conversation, MessagePosition after, int max) {}

    private final BackendCalls backends;
    private final UserId user;
    private final long since;
    /** The time when the present queue was created, Unix milliseconds. */
    private final long queueCreatedAt;
    /** The time of the first message in the queue. Older messages are lost if the user has not received them. */
    private final long headAt;

    /** Messages from this time on are in the queue, even if the times of the lost queue were ahead. */
    private final long until;
    /** The messages in the queue as far as it was read, with their Seqs; at most as many as a queue holds. */
    private final Map<MessageKey, Long> queuedSeqs = new HashMap<>();

    private long queueReadSeq;
    /** The lowest Seq of a message of the first conversation in {@link #found} that the queue will deliver. */
    private long firstQueuedSeq = Long.MAX_VALUE;

    /** The authors of the messages of that conversation that the queue will deliver. */
    private final Set<UserId> queuedAuthors = new HashSet<>();

    private boolean outdated;
    private final Deque<Undelivered> found = new ArrayDeque<>();
    private final Set<ConversationId> seenConversations = new HashSet<>();
    private @Nullable List<Membership> rooms;
    /** The first position of the list of conversations when it was read first. */
    private @Nullable ConversationPosition top;

    /** The position behind which the list is read next. */
    private @Nullable ConversationPosition listPosition;

    private boolean listComplete;
    private boolean listChecked;
    /** The position behind which the first conversation in {@link #found} is read next. */
    private @Nullable MessagePosition logPosition;

    /** The number of lost messages in that conversation so far. */
    private int lostCount;
    /** The lost messages that were read and not returned yet. */
    private final Deque<LoggedMessage> ready = new ArrayDeque<>();

    /**
     * The recovery of a user's messages that are not in the queue.
     *
     * @param queue the head of the queue
     */
    Recovery(BackendCalls backends, UserId user, QueueSlice queue) {
        this.backends = backends;
        this.user = user;
        this.since = System.currentTimeMillis() - MAX_AGE.toMillis();
        this.queueReadSeq = queue.first() - 1;
        // The first Seq of a queue is the microsecond of its creation. Its events stay until they are confirmed.
        queueCreatedAt = queue.first() / 1000;
        boolean empty = queue.events().isEmpty();
        headAt = empty ? queueCreatedAt : queue.events().get(0).storedAt();
        until = empty ? Long.MAX_VALUE : Math.max(headAt, queueCreatedAt + MAX_AHEAD);
    }

    /** Returns the next lost messages, at most {@code limit}; none at the end. */
    CompletableFuture<List<LoggedMessage>> next(int limit) {
        if (!listChecked) {
            // All conversations are listed before the first one is read, because a new message moves a conversation up.
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
     * Whether the queue has lost a message that this recovery left to it. That message must come before later ones of
     * its conversation, so a new recovery must start.
     */
    boolean isOutdated() {
        return outdated;
    }

    private CompletableFuture<Void> list() {
        return memberships()
                .thenCompose(joined -> backends.callLog(
                                "conversations", log -> log.conversations(user, joined, listPosition, LIST_PAGE))
                        .thenAccept(this::onConversations));
    }

    private void onConversations(List<ConversationEntry> page) {
        page.forEach(this::addConversation);
        ConversationPosition last =
                page.isEmpty() ? null : page.get(page.size() - 1).position();
        if (top == null && !page.isEmpty()) {
            top = page.get(0).position();
        }
        boolean end = last == null || page.size() < LIST_PAGE || last.lastAt() <= since;
        if (listComplete) {
            // A second reading from the top, for conversations that moved there meanwhile.
            listChecked = last == null || end || top == null || last.compareTo(top) <= 0;
            listPosition = last;
        } else {
            listComplete = end;
            // With one page only, no conversation can move between pages.
            listChecked = end && listPosition == null;
            listPosition = end ? null : last;
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

    private void addConversation(ConversationEntry entry) {
        MessagePosition after = receivedUpTo(entry);
        boolean own = entry.id().users().equals(Set.of(user));
        boolean nothing = entry.id().isDirect() && entry.unread() == 0 && !own;
        if (!entry.last().position().isBehind(after) || nothing || !seenConversations.add(entry.id())) {
            return;
        }
        // Rooms come last: they may return received messages, which must not use up the Seqs for lost ones.
        if (entry.id().isDirect()) {
            boolean counted = entry.unread() < ConversationEntry.MAX_UNREAD && !own;
            found.addFirst(new Undelivered(entry.id(), after, counted ? entry.unread() : Integer.MAX_VALUE));
        } else {
            MessagePosition joined = MessagePosition.endOf(joinedAt(entry.id()) - MAX_CLOCK_SKEW);
            found.addLast(new Undelivered(entry.id(), joined.isBehind(after) ? joined : after, Integer.MAX_VALUE));
        }
    }

    /** The position up to which the user has received the messages of the conversation, or they are too old. */
    private MessagePosition receivedUpTo(ConversationEntry entry) {
        MessagePosition tooOld = MessagePosition.endOf(since);
        MessagePosition delivered = entry.received().delivered();
        if (delivered == null) {
            return tooOld;
        }
        MessagePosition received =
                entry.id().isDirect() ? delivered : MessagePosition.endOf(delivered.storedAt() - ROOM_MARGIN);
        return received.isBehind(tooOld) ? received : tooOld;
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
        MessagePosition behind = logPosition == null ? from.after() : logPosition;
        HistoryRange range = new HistoryRange(behind, null, true, LOG_PAGE);
        return backends.callLog("messages", log -> log.messages(from.conversation(), user, range))
                .thenCompose(messages -> selectLost(undelivered(messages), queuedSince(from))
                        // State changes only here, because a failed call is repeated.
                        .thenAccept(lost -> onRead(from, messages, lost)));
    }

    /** The time from which on the queue may have messages of the conversation. */
    private long queuedSince(Undelivered from) {
        return from.conversation().isDirect() ? headAt : headAt - ROOM_MARGIN;
    }

    private List<LoggedMessage> undelivered(List<LoggedMessage> messages) {
        return messages.stream()
                .filter(each -> each.storedAt() < until)
                .filter(each -> !each.message().from().equals(user) || isToOneself(each.message()))
                .toList();
    }

    private static boolean isToOneself(ChatEvent.Message message) {
        return message.room() == null && message.from().equals(message.to());
    }

    private void onRead(Undelivered from, List<LoggedMessage> messages, List<LoggedMessage> lost) {
        ready.addAll(lost);
        lostCount += lost.size();
        LoggedMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        if (last == null || messages.size() < LOG_PAGE || last.storedAt() >= until || lostCount >= from.max()) {
            found.remove();
            logPosition = null;
            lostCount = 0;
            firstQueuedSeq = Long.MAX_VALUE;
            queuedAuthors.clear();
        } else {
            logPosition = last.position();
        }
    }

    /** Selects the messages that the queue does not have; the queue delivers the others in its own order. */
    private CompletableFuture<List<LoggedMessage>> selectLost(List<LoggedMessage> undelivered, long queuedSince) {
        if (undelivered.stream().allMatch(each -> each.storedAt() < queuedSince)) {
            return CompletableFuture.completedFuture(undelivered);
        }
        // Reads the queue now: a logged message was queued before, or will be soon if it is in a room.
        return readQueue().thenApply(first -> {
            outdated |= first > firstQueuedSeq;
            queuedSeqs.values().removeIf(seq -> seq < first);
            return undelivered.stream().filter(each -> !isLeftToQueue(each)).toList();
        });
    }

    /** Whether the queue has the message, or is about to get it; notes its Seq and author. */
    private boolean isLeftToQueue(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        Long seq = queuedSeqs.get(MessageKey.of(message));
        if (seq == null) {
            // It is on its way to the queue, behind other messages of its author there.
            return message.room() != null
                    && logged.storedAt() >= queueCreatedAt
                    && queuedAuthors.contains(message.from());
        }
        firstQueuedSeq = Math.min(firstQueuedSeq, seq);
        queuedAuthors.add(message.from());
        return true;
    }

    /** Reads the rest of the queue; returns its first Seq. */
    private CompletableFuture<Long> readQueue() {
        return backends.read(user, queueReadSeq, QUEUE_READ).thenCompose(slice -> {
            for (Envelope each : slice.events()) {
                if (each.event() instanceof ChatEvent.Message message) {
                    queuedSeqs.put(MessageKey.of(message), each.seq());
                }
                queueReadSeq = each.seq();
            }
            return slice.events().size() < QUEUE_READ ? CompletableFuture.completedFuture(slice.first()) : readQueue();
        });
    }
}
