package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventKind;
import io.webchat.core.LoggedMessage;
import io.webchat.core.RoomId;
import io.webchat.core.SendResult;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one session's client confirms into receipts for the authors, and then into the device's
 * cursor. In this order: a message may be unlinked only after its author's receipt is stored, or a crash
 * between the two would lose the receipt. Owned by the session's mailbox.
 */
final class Confirmations {
    private final Session session;
    private final DeliveryWindow window;
    private final Delivery delivery;
    private final RecentMessages recent;

    /** Display receipts that could not be stored and are about to be tried again; no more than are recent. */
    private final Set<MessageKey> owed = new HashSet<>();

    private long confirmed;
    private boolean confirming;
    private int failures;

    Confirmations(Session session, DeliveryWindow window, Delivery delivery) {
        this.session = session;
        this.window = window;
        this.delivery = delivery;
        this.recent = new RecentMessages(session.engine().config().window());
        this.confirmed = window.cursor();
    }

    /** The client has kept the event with this Seq. */
    void confirm(long seq) {
        window.answered(seq);
        Pending pending = window.find(seq);
        if (pending == null) {
            advance();
        } else if (!pending.answered()) {
            CompletableFuture<SendResult> unused =
                    settle(pending, ChatEvent.delivery(session.user(), pending.message.from(), pending.message.id()));
        }
    }

    void heartbeat() {
        window.heartbeat();
        advance();
    }

    /**
     * Whether the client may say this without asking the call log: it is about a message this session has
     * emitted.
     */
    boolean knows(ChatEvent.Receipt receipt) {
        MessageKey key = keyOf(receipt);
        return window.find(key) != null || recent.find(key) != null;
    }

    private static MessageKey keyOf(ChatEvent.Receipt receipt) {
        return new MessageKey(receipt.to(), receipt.id());
    }

    /** The client sent a receipt of its own making. */
    CompletableFuture<SendResult> receipt(ChatEvent.Receipt receipt) {
        MessageKey key = keyOf(receipt);
        Pending pending = window.find(key);
        if (pending != null) {
            window.answered(pending.seq);
            return settle(pending, receipt);
        }
        RecentMessages.Seen seen = recent.find(key);
        if (seen == null) {
            return fromLog(receipt);
        }
        boolean news = receipt.kind() == EventKind.DISPLAY && seen.receipt() == EventKind.DELIVERY;
        return news ? store(receipt.in(seen.room()), seen) : CompletableFuture.completedFuture(repeated(receipt, seen));
    }

    private static SendResult repeated(ChatEvent.Receipt receipt, RecentMessages.Seen seen) {
        return new SendResult(receipt.id(), 0, seen.loggedAt(), true);
    }

    /** A message older than this session remembers: only the call log can tell whether this user got it. */
    private CompletableFuture<SendResult> fromLog(ChatEvent.Receipt receipt) {
        RoomId room = receipt.room();
        CompletableFuture<?> leave = room == null
                ? CompletableFuture.completedFuture(null)
                : session.engine().permissions().othersIn(room, session.user());
        return leave.thenCompose(
                        may -> session.engine().backends().find(receipt.conversation(), receipt.to(), receipt.id()))
                .thenCompose(found -> {
                    Optional<LoggedMessage> mine = found.filter(this::isToThisUser);
                    if (mine.isEmpty()) {
                        return CompletableFuture.failedFuture(
                                new ChatException(ErrorCode.NOT_FOUND, "there is no such message to this user"));
                    }
                    // Older messages may still be on their way, so a mere delivery raises no watermark here.
                    long displayed =
                            receipt.kind() == EventKind.DISPLAY ? mine.get().storedAt() : 0;
                    return session.engine().pipeline().receipt(receipt, 0, displayed);
                });
    }

    /** What was written in a room, where this user is, is to everyone but its author. */
    private boolean isToThisUser(LoggedMessage logged) {
        ChatEvent.Message message = logged.message();
        return message.room() == null
                ? message.to().equals(session.user())
                : !message.from().equals(session.user());
    }

    /** The person has seen a message that this session had confirmed before. */
    private CompletableFuture<SendResult> store(ChatEvent.Receipt receipt, RecentMessages.Seen seen) {
        CompletableFuture<SendResult> stored = session.engine().pipeline().receipt(receipt, 0, seen.loggedAt());
        MessageKey key = keyOf(receipt);
        session.then(stored, (result, failure) -> {
            if (failure == null) {
                failures = 0;
                recent.add(key, new RecentMessages.Seen(seen.room(), seen.loggedAt(), receipt.kind()));
            } else if (recent.find(key) != null && owed.add(key)) {
                session.later(session.engine().retryDelay(failures++), () -> {
                    owed.remove(key);
                    CompletableFuture<SendResult> unused = receipt(receipt);
                });
            }
        });
        return stored;
    }

    private CompletableFuture<SendResult> settle(Pending pending, ChatEvent.Receipt given) {
        ChatEvent.Receipt receipt = given.in(pending.message.room());
        ChatEvent.Receipt before = pending.answer;
        if (before == null || receipt.kind() == EventKind.DISPLAY) {
            pending.answer = receipt;
        }
        if (pending.ownCopy()) {
            settled(pending);
            return CompletableFuture.completedFuture(new SendResult(receipt.id(), 0, pending.storedAt, before != null));
        }
        long delivered = window.deliveredUpTo(pending);
        // Both: a display of this one says nothing about younger ones that were answered before.
        long displayed = receipt.kind() == EventKind.DISPLAY ? pending.loggedAt : 0;
        CompletableFuture<SendResult> stored = session.engine().pipeline().receipt(receipt, delivered, displayed);
        session.then(stored, (result, failure) -> stored(pending, receipt, failure));
        return stored;
    }

    private void stored(Pending pending, ChatEvent.Receipt receipt, @Nullable Throwable failure) {
        if (failure == null) {
            failures = 0;
            recent.add(
                    pending.key(), new RecentMessages.Seen(pending.message.room(), pending.loggedAt, receipt.kind()));
            settled(pending);
        } else if (!pending.retrying) {
            // The client has done its part and will not say it again: keep trying for as long as the
            // session lives.
            pending.retrying = true;
            session.later(session.engine().retryDelay(failures++), () -> again(pending));
        }
    }

    private void again(Pending pending) {
        pending.retrying = false;
        ChatEvent.Receipt answer = pending.answer;
        if (answer == null) {
            return;
        }
        if (window.find(pending.seq) == pending) {
            CompletableFuture<SendResult> unused = settle(pending, answer);
        } else if (answer.kind() == EventKind.DISPLAY) {
            // The delivery was stored meanwhile, the display perhaps not.
            CompletableFuture<SendResult> unused = receipt(answer);
        }
    }

    private void settled(Pending pending) {
        window.confirmed(pending);
        advance();
        delivery.resume();
    }

    /**
     * Moves the device's cursor in the queue; one call at a time, each for all that was confirmed
     * meanwhile.
     */
    void advance() {
        long upTo = window.cursor();
        // Below it where the queue has gone back.
        if (confirming || upTo == confirmed) {
            return;
        }
        confirming = true;
        session.then(session.moveCursor(upTo), (done, failure) -> {
            confirming = false;
            if (failure == null) {
                confirmed = upTo;
                advance();
            }
            // Otherwise the next confirmation or heartbeat tries again; until then the device would only get
            // duplicates.
        });
    }
}
