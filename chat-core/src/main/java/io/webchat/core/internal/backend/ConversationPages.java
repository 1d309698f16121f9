package io.webchat.core.internal.backend;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.spi.calllog.ConversationReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a user's list of conversations from the call log, page by page, the newest first. */
public final class ConversationPages {
    private static final int PAGE = 200;

    private final BackendCalls backends;
    private final ConversationReader reader;
    private final Function<List<ConversationEntry>, CompletableFuture<Void>> onPage;

    private ConversationPages(
            BackendCalls backends,
            ConversationReader reader,
            Function<List<ConversationEntry>, CompletableFuture<Void>> onPage) {
        this.backends = backends;
        this.reader = reader;
        this.onPage = onPage;
    }

    /**
     * Reads so many pages at most. Completes after the last one; fails with the first failure.
     *
     * @param onPage takes a page; the next one is read when its stage completes
     */
    public static CompletableFuture<Void> read(
            BackendCalls backends,
            ConversationReader reader,
            int max,
            Function<List<ConversationEntry>, CompletableFuture<Void>> onPage) {
        return new ConversationPages(backends, reader, onPage).read(null, max);
    }

    private CompletableFuture<Void> read(@Nullable ConversationPosition before, int left) {
        return backends.callLog("conversations", log -> log.conversations(reader, before, PAGE))
                .thenCompose(page -> onPage.apply(page)
                        .thenCompose(done -> page.size() < PAGE || left == 1
                                ? CompletableFuture.completedFuture(null)
                                : read(page.get(PAGE - 1).position(), left - 1)));
    }
}
