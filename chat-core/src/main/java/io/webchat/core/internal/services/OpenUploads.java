package io.webchat.core.internal.services;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentUpload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Bounds the uploads that one user makes at once on this node, because together they may exceed the user's quota. */
final class OpenUploads {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Map<UserId, Integer> open = new ConcurrentHashMap<>();

    /**
     * Begins an upload; fails with {@code rate_limited} if the user has too many.
     *
     * @param beginning begins it; the task that it gets is run when the store has ended the upload, or has not begun it
     */
    CompletableFuture<AttachmentUpload> begin(
            UserId owner, Function<Runnable, CompletableFuture<AttachmentUpload>> beginning) {
        int now = open.merge(owner, 1, Integer::sum);
        if (now > Attachments.MAX_UPLOADS) {
            release(owner);
            return CompletableFuture.failedFuture(ChatException.rateLimited(
                    "you have " + Attachments.MAX_UPLOADS + " uploads under way, the limit", RETRY_AFTER));
        }
        AtomicBoolean ended = new AtomicBoolean();
        return beginning.apply(() -> {
            if (ended.compareAndSet(false, true)) {
                release(owner);
            }
        });
    }

    private void release(UserId owner) {
        open.computeIfPresent(owner, (user, count) -> count == 1 ? null : count - 1);
    }
}
