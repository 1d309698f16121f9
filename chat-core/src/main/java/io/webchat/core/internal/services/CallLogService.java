package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageReceipts;
import io.webchat.core.calllog.Page;
import io.webchat.core.calllog.Quote;
import io.webchat.core.calllog.UnreadTotals;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.UnreadMessages;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.internal.send.SendPipeline;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the call log for one user, after checking that the user may read the conversation. */
public final class CallLogService implements CallLogs {
    private static final int MAX_PARALLEL = 16;
    /** The number of newest messages among which one of an author who is not blocked is searched. */
    private static final int LOOKED_BACK = 50;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final QuoteReader quotes;
    private final DisplayedMessages displayed;

    /**
     * A service on these backends.
     *
     * @param pipeline sends the receipts of readers without a session
     */
    public CallLogService(BackendCalls backends, Permissions permissions, SendPipeline pipeline) {
        this.displayed = new DisplayedMessages(backends, pipeline);
        this.backends = backends;
        this.permissions = permissions;
        this.quotes = new QuoteReader(backends);
    }

    @Override
    public CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor) {
        return checked(() -> {
            checkLimit(limit);
            ConversationPosition before = PageCursors.conversationPosition(cursor);
            return reader(user).thenCompose(reader -> conversations(reader, before, limit));
        });
    }

    private CompletableFuture<ConversationReader> reader(UserId user) {
        return backends.rooms("roomsOf", store -> store.roomsOf(user))
                .thenCombine(
                        permissions.blocksOf(user), (rooms, blocked) -> new ConversationReader(user, rooms, blocked));
    }

    private CompletableFuture<Page<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        // One entry more than requested tells whether there is a next page.
        return backends.callLog("conversations", log -> log.conversations(reader, before, limit + 1))
                .thenApply(found -> page(found, limit, each -> PageCursors.of(each.position())))
                .thenCompose(page -> withVisibleLast(reader, page));
    }

    /** Replaces each last message by a blocked author, if one of the newest messages is by somebody else. */
    private CompletableFuture<Page<ConversationEntry>> withVisibleLast(
            ConversationReader reader, Page<ConversationEntry> page) {
        List<Integer> hidden = IntStream.range(0, page.items().size())
                .filter(i -> isLastHidden(reader, page.items().get(i)))
                .boxed()
                .toList();
        AtomicReferenceArray<ConversationEntry> items =
                new AtomicReferenceArray<>(page.items().toArray(ConversationEntry[]::new));
        return Fanout.over(
                        hidden,
                        MAX_PARALLEL,
                        i -> withVisibleLast(reader, items.get(i)).thenAccept(each -> items.set(i, each)))
                .done()
                .thenApply(done -> new Page<>(
                        IntStream.range(0, items.length()).mapToObj(items::get).toList(), page.nextCursor()));
    }

    private static boolean isLastHidden(ConversationReader reader, ConversationEntry entry) {
        return entry.id().roomId().isPresent()
                && !AuthorWords.isVisible(entry.last().message(), reader.blocked());
    }

    private CompletableFuture<ConversationEntry> withVisibleLast(ConversationReader reader, ConversationEntry entry) {
        HistoryRange newest = HistoryRange.newest(LOOKED_BACK);
        return backends.callLog("messages", log -> log.messages(entry.id(), reader.user(), newest))
                .thenApply(found -> found.stream()
                        .filter(each -> AuthorWords.isVisible(each.message(), reader.blocked()))
                        .findFirst()
                        .map(entry::withLast)
                        .orElse(entry));
    }

    @Override
    public CompletionStage<Page<LoggedMessage>> messages(
            UserId user, ConversationId conversation, int limit, String before, String after) {
        return checked(() -> {
            checkLimit(limit);
            MessagePosition newest = PageCursors.messagePosition(after);
            MessagePosition upTo = PageCursors.messagePosition(before);
            return permissions
                    .checkParticipant(user, conversation)
                    .thenCompose(permitted -> permissions.blocksOf(user))
                    .thenCompose(blocked ->
                            new HistoryPage(backends, conversation, user, blocked, limit).read(newest, upTo));
        });
    }

    @Override
    public CompletionStage<Map<MessageRef, Quote>> quotes(
            UserId user, ConversationId conversation, List<LoggedMessage> answers) {
        return permissions
                .checkParticipant(user, conversation)
                .thenCompose(permitted -> quotes.read(user, conversation, answers));
    }

    @Override
    public CompletionStage<Void> display(UserId reader, ConversationId conversation, MessageRef message) {
        return permissions
                .checkParticipant(reader, conversation)
                .thenCompose(permitted -> displayed.add(reader, conversation, message));
    }

    @Override
    public CompletionStage<UnreadTotals> unread(UserId user) {
        return reader(user).thenCompose(reader -> UnreadMessages.of(backends, reader));
    }

    @Override
    public CompletionStage<MessageReceipts> receipts(UserId author, ConversationId conversation, MessageId message) {
        return new ReceiptReader(backends, permissions).read(author, conversation, message);
    }

    @Override
    public String cursorOf(LoggedMessage message) {
        return PageCursors.of(message.position());
    }

    @Override
    public CompletionStage<Void> remove(UserId user, ConversationId conversation, String upTo) {
        return checked(() -> {
            MessagePosition last = PageCursors.messagePosition(upTo);
            // Never behind the newest message; a made-up cursor would hide messages that nobody has written yet.
            HistoryRange newest = HistoryRange.newest(1);
            return permissions
                    .checkParticipant(user, conversation)
                    .thenCompose(
                            permitted -> backends.callLog("messages", log -> log.messages(conversation, user, newest)))
                    .thenCompose(found -> found.isEmpty()
                            ? CompletableFuture.completedFuture(null)
                            : backends.hide(
                                    user, conversation, earlier(found.get(0).position(), last)));
        });
    }

    private static MessagePosition earlier(MessagePosition newest, @Nullable MessagePosition last) {
        return last == null || last.isBehind(newest) ? newest : last;
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "limit must be 1 to " + MAX_LIMIT);
        }
    }

    private static <T> CompletionStage<T> checked(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Makes a page; {@code found} has one entry more than the limit if there is a next page. */
    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursorOf) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursorOf.apply(items.get(limit - 1)));
    }
}
