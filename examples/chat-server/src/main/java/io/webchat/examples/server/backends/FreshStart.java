package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.Page;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomInvitation;
import io.webchat.core.spi.queue.QueueRemoval;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Lets a user id begin anew. Whoever makes an account must not read the messages, rooms and history of whoever was
 * meant by this id before. Others keep their side of the conversations.
 */
public final class FreshStart {
    private static final int PAGE = 200;

    private final Chat chat;
    private final QueueRemoval queues;

    /** Fresh starts in this chat and its queues. */
    public FreshStart(Chat chat, QueueRemoval queues) {
        this.chat = chat;
        this.queues = queues;
    }

    /**
     * Takes the user out of all rooms, ends all invitations, hides all conversations, and empties the queue. Repeating
     * it is safe.
     */
    public CompletionStage<Void> of(UserId user) {
        return chat.rooms()
                .list(user)
                .thenCompose(rooms -> inTurn(rooms, each -> leave(user, each.room())))
                .thenCompose(left -> invitations(user))
                .thenCompose(open -> inTurn(open, each -> leave(user, each.room())))
                .thenCompose(declined -> hideAll(user, ""))
                .thenCompose(hidden -> queues.clear(user));
    }

    private CompletionStage<List<RoomInvitation>> invitations(UserId user) {
        return chat.rooms()
                .invitations(user)
                .exceptionallyCompose(failure -> hasCode(failure, ErrorCode.FORBIDDEN)
                        // This store of rooms makes none.
                        ? CompletableFuture.completedStage(List.of())
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Void> leave(UserId user, RoomId room) {
        return unlessGone(chat.rooms().remove(user, room, user));
    }

    private CompletionStage<Void> hideAll(UserId user, String cursor) {
        return chat.callLogs().conversations(user, PAGE, cursor).thenCompose(page -> hide(user, page));
    }

    private CompletionStage<Void> hide(UserId user, Page<ConversationEntry> page) {
        CompletionStage<Void> hidden =
                inTurn(page.items(), each -> unlessGone(chat.callLogs().remove(user, each.id())));
        return page.next()
                .map(next -> hidden.thenCompose(done -> hideAll(user, next)))
                .orElse(hidden);
    }

    /** One after the other: a stranger may have made thousands of them. */
    private static <T> CompletionStage<Void> inTurn(List<T> items, Function<T, CompletionStage<Void>> step) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (T each : items) {
            all = all.thenCompose(done -> step.apply(each));
        }
        return all;
    }

    /** Somebody may have been faster. */
    private static CompletionStage<Void> unlessGone(CompletionStage<?> removal) {
        return removal.<Void>thenApply(done -> null)
                .exceptionallyCompose(failure -> hasCode(failure, ErrorCode.NOT_FOUND)
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean hasCode(Throwable failure, ErrorCode code) {
        return Failures.unwrap(failure) instanceof ChatException known && known.code() == code;
    }
}
