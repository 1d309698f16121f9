package io.webchat.core.internal.services;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.support.KeyedLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Bounds the uploads that one user makes at once on this node, because together they may exceed the user's quota. */
final class OpenUploads {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final KeyedLimit<UserId> open = new KeyedLimit<>(Attachments.MAX_UPLOADS);

    /**
     * Begins an upload; fails with {@code rate_limited} if the user has too many.
     *
     * @param beginning begins it; the task that it gets is run when the store has ended the upload, or has not begun it
     */
    CompletableFuture<AttachmentUpload> begin(
            UserId owner, Function<Runnable, CompletableFuture<AttachmentUpload>> beginning) {
        if (!open.tryTake(owner)) {
            return CompletableFuture.failedFuture(ChatException.rateLimited(
                    "you have " + Attachments.MAX_UPLOADS + " uploads under way, the limit", RETRY_AFTER));
        }
        AtomicBoolean ended = new AtomicBoolean();
        return beginning.apply(() -> {
            if (ended.compareAndSet(false, true)) {
                open.giveBack(owner);
            }
        });
    }
}
