package io.webchat.core.internal.backend;

import io.webchat.core.calllog.UnreadTotals;
import io.webchat.core.spi.calllog.ConversationReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the unread messages of a user over the latest 1 000 conversations. */
public final class UnreadMessages {
    private static final int MAX_PAGES = 5;

    private UnreadMessages() {}

    /** Returns the totals of this reader. */
    public static CompletableFuture<UnreadTotals> of(BackendCalls backends, ConversationReader reader) {
        AtomicReference<UnreadTotals> totals = new AtomicReference<>(UnreadTotals.NONE);
        return ConversationPages.read(backends, reader, MAX_PAGES, page -> {
                    page.forEach(each -> totals.updateAndGet(sum -> sum.plus(each)));
                    return CompletableFuture.completedFuture(null);
                })
                .thenApply(done -> totals.get());
    }
}
