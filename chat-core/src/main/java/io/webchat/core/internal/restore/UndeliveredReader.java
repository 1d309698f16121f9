package io.webchat.core.internal.restore;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the call log the messages that a user has not received and the queue does not have. Used once. One call is
 * under way at a time.
 *
 * <p>It may return a message that the user has received, if that was delivered in the last moments before the loss, or
 * in the last two minutes in a room.
 */
final class UndeliveredReader {
    /**
     * The largest difference between the call log and a member's queue for a message in a room. The queue gets it later
     * and perhaps in another order.
     */
    private static final long ROOM_MARGIN = Duration.ofMinutes(2).toMillis();

    /** Messages older than this are not restored. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private static final int LIST_PAGE = 50;
    /** The page size for the call log: most of a page may be the user's own messages. */
    private static final int LOG_PAGE = 256;

    private static final int QUEUE_PAGE = 256;

    /**
     * A conversation to read.
     *
     * @param after the position up to which the user has received all messages, or needs none
     * @param max the largest number of undelivered messages; {@link Integer#MAX_VALUE} if it is unknown
     */
    private record Unread(ConversationId conversation, MessagePosition after, int max) {}

    private final BackendCalls backends;
    private final UserId user;
    private final long epoch;
    private final long since = System.currentTimeMillis() - MAX_AGE.toMillis();
    private final LostMessages lost;
    private final Deque<Unread> unread = new ArrayDeque<>();
    /** The conversations that may have amendments which the user has not received. */
    private final Deque<Unread> amended = new ArrayDeque<>();

    private final Set<ConversationId> seen = new HashSet<>();
    private final Set<ConversationId> listed = new HashSet<>();
    /** The authors whose words in rooms this user does not get. */
    private Set<UserId> blocked = Set.of();

    /** Reads for the epoch that this number names. */
    UndeliveredReader(BackendCalls backends, UserId user, long epoch) {
        this.backends = backends;
        this.user = user;
        this.epoch = epoch;
        this.lost = new LostMessages(user, epoch / 1000);
    }

    /** Returns the undelivered messages of all conversations, in the order of their times. */
    CompletableFuture<UndeliveredMessages> read() {
        return backends.rooms("roomsOf", store -> store.roomsOf(user))
                .thenCompose(rooms -> list(rooms, null, null))
                .thenCompose(done -> listed.isEmpty() ? done() : readQueue(0))
                .thenCompose(done -> readBlocks())
                .thenCompose(done -> readConversations())
                .thenCompose(done -> readAmendments())
                .thenCompose(done -> lost.mayBeOnTheirWay() ? readQueue(epoch - 1) : done())
                .thenApply(done -> lost.undelivered());
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Lists the conversations behind a position. A new message moves a conversation to the top. So after several pages
     * the list is read again from the top, down to the position where the first reading began. With one page only, no
     * conversation can move between pages.
     *
     * @param end where a second reading may end; null for the first reading
     */
    private CompletableFuture<Void> list(
            List<Membership> rooms, @Nullable ConversationPosition behind, @Nullable ConversationPosition end) {
        ConversationReader reader = ConversationReader.of(user, rooms);
        return backends.callLog("conversations", log -> log.conversations(reader, behind, LIST_PAGE))
                .thenCompose(page -> {
                    page.forEach(each -> addConversation(each, rooms));
                    if (page.isEmpty()) {
                        return done();
                    }
                    ConversationPosition top = page.get(0).position();
                    ConversationPosition last = page.get(page.size() - 1).position();
                    boolean complete = page.size() < LIST_PAGE || last.lastAt() <= since;
                    if (end != null) {
                        return complete || last.compareTo(end) <= 0 ? done() : list(rooms, last, end);
                    }
                    if (complete) {
                        return done();
                    }
                    CompletableFuture<Void> rest = list(rooms, last, null);
                    return behind == null ? rest.thenCompose(all -> list(rooms, null, top)) : rest;
                });
    }

    private void addConversation(ConversationEntry entry, List<Membership> rooms) {
        if (listed.add(entry.id())) {
            amended.add(new Unread(entry.id(), amendedSince(entry, rooms), Integer.MAX_VALUE));
        }
        MessagePosition after = receivedUpTo(entry);
        boolean own = entry.id().users().equals(Set.of(user));
        boolean nothing = entry.id().isDirect() && entry.unread() == 0 && !own;
        if (!entry.last().position().isBehind(after) || nothing || !seen.add(entry.id())) {
            return;
        }
        if (entry.id().isDirect()) {
            boolean counted = entry.unread() < ConversationEntry.MAX_UNREAD && !own;
            unread.add(new Unread(entry.id(), after, counted ? entry.unread() : Integer.MAX_VALUE));
        } else {
            // A newcomer's queue is new. The messages from before the joining were never for it.
            MessagePosition joined = MessagePosition.endOf(joinedAt(entry.id(), rooms) - 1);
            unread.add(new Unread(entry.id(), joined.isBehind(after) ? joined : after, Integer.MAX_VALUE));
        }
    }

    /**
     * The position behind which the user may not have received all amendments. Nothing marks received ones, so it is
     * that of the last received message, with a margin: amendments have the times of other queues. Devices know a
     * repeated amendment by its id.
     */
    private MessagePosition amendedSince(ConversationEntry entry, List<Membership> rooms) {
        MessagePosition delivered = entry.received().delivered();
        long received = delivered == null ? 0 : delivered.storedAt() - ROOM_MARGIN;
        return MessagePosition.endOf(Math.max(Math.max(since, received), joinedAt(entry.id(), rooms) - 1));
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

    private static long joinedAt(ConversationId conversation, List<Membership> rooms) {
        return rooms.stream()
                .filter(each -> ConversationId.room(each.room()).equals(conversation))
                .mapToLong(Membership::joinedAt)
                .findFirst()
                .orElse(0);
    }

    private CompletableFuture<Void> readBlocks() {
        boolean direct = amended.stream().allMatch(each -> each.conversation().isDirect());
        return direct
                ? done()
                : backends.profiles("blocks", store -> store.blocks(user)).thenAccept(blocks -> blocked = blocks);
    }

    /** Notes the messages that the queue has behind this Seq. */
    private CompletableFuture<Void> readQueue(long after) {
        return backends.read(user, after, QUEUE_PAGE).thenCompose(slice -> {
            List<Envelope> events = slice.events();
            events.forEach(each -> lost.onQueued(each, each.seq() >= epoch));
            return events.size() < QUEUE_PAGE
                    ? done()
                    : readQueue(events.get(events.size() - 1).seq());
        });
    }

    private CompletableFuture<Void> readConversations() {
        Unread next = unread.poll();
        if (next == null) {
            return done();
        }
        return read(next, next.after(), 0).thenCompose(done -> readConversations());
    }

    /** Reads one conversation behind a position, from the oldest message on; {@code count} were undelivered before. */
    private CompletableFuture<Void> read(Unread from, MessagePosition behind, int count) {
        HistoryRange range = new HistoryRange(behind, null, true, LOG_PAGE);
        return backends.callLog("messages", log -> log.messages(from.conversation(), user, range))
                .thenCompose(messages -> {
                    List<LoggedMessage> undelivered =
                            messages.stream().filter(this::isUndelivered).toList();
                    undelivered.forEach(lost::add);
                    LoggedMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
                    int total = count + undelivered.size();
                    if (last == null || messages.size() < LOG_PAGE || total >= from.max()) {
                        return done();
                    }
                    return read(from, last.position(), total);
                });
    }

    private CompletableFuture<Void> readAmendments() {
        Unread next = amended.poll();
        return next == null ? done() : amendments(next, amendedSince(next)).thenCompose(done -> readAmendments());
    }

    /** A message that the queue has kept for one device may lack changes that another device has received. */
    private MessagePosition amendedSince(Unread amendedConversation) {
        long kept = lost.keptSince(amendedConversation.conversation());
        long received = amendedConversation.after().storedAt();
        return kept - ROOM_MARGIN < received ? MessagePosition.endOf(kept - ROOM_MARGIN) : amendedConversation.after();
    }

    private CompletableFuture<Void> amendments(Unread from, MessagePosition behind) {
        return backends.amendments(from.conversation(), behind, LOG_PAGE).thenCompose(page -> {
            page.amendments().stream().filter(this::isUndelivered).forEach(lost::add);
            MessagePosition next = page.next();
            return next == null ? done() : amendments(from, next);
        });
    }

    private boolean isUndelivered(Amendment amendment) {
        boolean byBlocked = blocked.contains(amendment.from())
                || blocked.contains(amendment.about().from());
        boolean withheld = amendment.room() != null && !amendment.isDeletion() && byBlocked;
        return !withheld;
    }

    private boolean isUndelivered(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        boolean toOneself = message.room() == null && message.from().equals(message.to());
        boolean withheld = message.room() != null && !AuthorWords.isVisible(message, blocked);
        return !withheld && (!message.from().equals(user) || toOneself);
    }
}
