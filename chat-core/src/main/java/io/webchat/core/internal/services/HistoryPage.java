package io.webchat.core.internal.services;

import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Page;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.AuthorWords;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a conversation's history, the newest message first, without those of blocked authors in a room. It
 * reads on a few times when blocked authors have written much, and then ends the page early.
 */
final class HistoryPage {
    private final BackendCalls backends;
    private final ConversationId conversation;
    private final UserId reader;
    private final Set<UserId> blocked;
    private final int limit;
    private final List<LoggedMessage> found = new ArrayList<>();

    HistoryPage(BackendCalls backends, ConversationId conversation, UserId reader, Set<UserId> blocked, int limit) {
        this.backends = backends;
        this.conversation = conversation;
        this.reader = reader;
        this.blocked = conversation.roomId().isPresent() ? blocked : Set.of();
        this.limit = limit;
    }

    /** Returns the page of the messages between these positions. */
    CompletableFuture<Page<LoggedMessage>> read(@Nullable MessagePosition after, @Nullable MessagePosition before) {
        // One message more than requested tells whether there is a next page.
        return read(HistoryRange.catchUp(after, before, limit + 1), 1);
    }

    private CompletableFuture<Page<LoggedMessage>> read(HistoryRange range, int pass) {
        return backends.callLog("messages", log -> log.messages(conversation, reader, range))
                .thenCompose(read -> {
                    MessagePosition last = take(read);
                    boolean more = last != null
                            && !read.get(read.size() - 1).position().equals(last);
                    if (last == null || !more) {
                        return CompletableFuture.completedFuture(new Page<>(found, null));
                    }
                    return found.size() < limit && pass < CallLogs.MAX_PASSES
                            ? read(new HistoryRange(range.after(), last, false, limit + 1), pass + 1)
                            : CompletableFuture.completedFuture(new Page<>(found, PageCursors.of(last)));
                });
    }

    /** Takes messages until the page is full; returns the position of the last one that was looked at. */
    private @Nullable MessagePosition take(List<LoggedMessage> read) {
        MessagePosition last = null;
        for (LoggedMessage each : read.subList(0, Math.min(limit, read.size()))) {
            if (found.size() == limit) {
                break;
            }
            last = each.position();
            if (AuthorWords.isVisible(each.message(), blocked)) {
                found.add(each);
            }
        }
        return last;
    }
}
