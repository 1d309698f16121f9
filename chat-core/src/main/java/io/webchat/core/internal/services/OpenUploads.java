package io.webchat.core.internal.services;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Bounds the uploads that one user makes at once on this node, because together they may exceed the user's quota. */
final class OpenUploads {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Map<UserId, Integer> open = new ConcurrentHashMap<>();

    /** Begins an upload; fails with {@code rate_limited} if the user has too many. */
    CompletableFuture<AttachmentUpload> begin(UserId owner, Supplier<CompletableFuture<AttachmentUpload>> beginning) {
        int now = open.merge(owner, 1, Integer::sum);
        if (now > Attachments.MAX_UPLOADS) {
            release(owner);
            return CompletableFuture.failedFuture(ChatException.rateLimited(
                    "you have " + Attachments.MAX_UPLOADS + " uploads under way, the limit", RETRY_AFTER));
        }
        return beginning
                .get()
                .whenComplete((upload, failure) -> {
                    if (failure != null) {
                        release(owner);
                    }
                })
                .thenApply(upload -> new Counted(upload, owner));
    }

    private void release(UserId owner) {
        open.computeIfPresent(owner, (user, count) -> count == 1 ? null : count - 1);
    }

    /** An upload that counts until it ends. */
    private final class Counted implements AttachmentUpload {
        private final AttachmentUpload upload;
        private final UserId owner;
        private final AtomicBoolean ended = new AtomicBoolean();

        Counted(AttachmentUpload upload, UserId owner) {
            this.upload = upload;
            this.owner = owner;
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                release(owner);
            }
        }

        @Override
        public AttachmentId id() {
            return upload.id();
        }

        @Override
        public CompletionStage<Void> write(ByteBuffer bytes) {
            return upload.write(bytes);
        }

        @Override
        public CompletionStage<StoredAttachment> finish() {
            return upload.finish().thenApply(file -> {
                end();
                return file;
            });
        }

        @Override
        public CompletionStage<Void> abort() {
            return upload.abort().whenComplete((done, failure) -> end());
        }
    }
}
