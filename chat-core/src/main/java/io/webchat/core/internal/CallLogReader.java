package io.webchat.core.internal;

import io.webchat.core.CallLogs;
import io.webchat.core.ChatException;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.ConversationPlace;
import io.webchat.core.ErrorCode;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessagePlace;
import io.webchat.core.Page;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import io.webchat.core.spi.HistoryRange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the call log for one user, after checking that it is theirs to read. */
final class CallLogReader implements CallLogs {
    private final Backends backends;
    private final Permissions permissions;

    CallLogReader(Backends backends, Permissions permissions) {
        this.backends = backends;
        this.permissions = permissions;
    }

    @Override
    public CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor) {
        return checked(() -> {
            checkLimit(limit);
            ConversationPlace before = Cursors.conversation(cursor);
            // One more than asked for tells whether there are more.
            return backends.rooms("roomsOf", rooms -> rooms.roomsOf(user))
                    .thenCompose(rooms ->
                            backends.logs("conversations", log -> log.conversations(user, rooms, before, limit + 1)))
                    .thenApply(found -> page(found, limit, each -> Cursors.of(each.place())));
        });
    }

    @Override
    public CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before, String after) {
        return checked(() -> {
            checkLimit(limit);
            MessagePlace from = Cursors.message(after);
            MessagePlace upTo = Cursors.message(before);
            HistoryRange range = new HistoryRange(from, upTo, false, limit + 1);
            return partOf(user, conversation)
                    .thenCompose(may -> backends.logs("messages", log -> log.messages(conversation, user, range)))
                    .thenApply(found -> page(found, limit, this::cursorOf));
        });
    }

    @Override
    public String cursorOf(LoggedMessage message) {
        return Cursors.of(message.place());
    }

    @Override
    public CompletionStage<Void> remove(UserId user, ConversationId conversation) {
        // Up to its newest message: by this node's clock it could be one that is yet to come.
        return partOf(user, conversation)
                .thenCompose(may ->
                        backends.logs("messages", log -> log.messages(conversation, user, HistoryRange.newest(1))))
                .thenCompose(newest -> newest.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : backends.hide(user, conversation, newest.get(0).storedAt()));
    }

    private CompletableFuture<Void> partOf(UserId user, ConversationId conversation) {
        Optional<RoomId> room = conversation.roomId();
        if (room.isPresent()) {
            return permissions.othersIn(room.get(), user).thenApply(others -> null);
        }
        return conversation.users().contains(user)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.NOT_FOUND, "there is no such conversation"));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "limit must be 1 to " + MAX_LIMIT);
        }
    }

    private static <T> CompletionStage<T> checked(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** {@code found} holds one more than the limit where there is a next page. */
    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursorOf) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursorOf.apply(items.get(limit - 1)));
    }
}
