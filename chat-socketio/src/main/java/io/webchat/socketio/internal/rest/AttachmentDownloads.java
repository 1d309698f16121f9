package io.webchat.socketio.internal.rest;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.KeyedLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Bounds the files that are open at once on this node: each holds a descriptor, or bytes that are read ahead. */
final class AttachmentDownloads {
    /** The largest number of downloads that all users make at once on this node. */
    static final int MAX_DOWNLOADS = 256;
    /** The largest number of downloads that one user makes at once on this node. */
    static final int MAX_OF_USER = 8;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore free = new Semaphore(MAX_DOWNLOADS);
    private final KeyedLimit<UserId> open = new KeyedLimit<>(MAX_OF_USER);

    /**
     * Opens a file, which counts until its reader is closed.
     *
     * @return fails as {@code opening}, with {@code rate_limited} if the user has too many files open, and with {@code
     *     unavailable} if the node has
     */
    CompletionStage<AttachmentReader> open(UserId user, Supplier<CompletionStage<AttachmentReader>> opening) {
        take(user);
        return CompletableFuture.completedStage(user)
                .thenCompose(any -> opening.get())
                .whenComplete((reader, failure) -> {
                    if (failure != null) {
                        release(user);
                    }
                })
                .thenApply(reader -> new Counted(reader, user));
    }

    private void take(UserId user) {
        if (!open.tryTake(user)) {
            throw ChatException.rateLimited("you have " + MAX_OF_USER + " downloads under way, the limit", RETRY_AFTER);
        }
        if (!free.tryAcquire()) {
            open.giveBack(user);
            throw new ChatException(ErrorCode.UNAVAILABLE, "too many downloads run on this server at once");
        }
    }

    private void release(UserId user) {
        open.giveBack(user);
        free.release();
    }

    /** A reader that counts until it is closed. */
    private final class Counted implements AttachmentReader {
        private final AttachmentReader reader;
        private final UserId user;
        private final AtomicBoolean closed = new AtomicBoolean();

        Counted(AttachmentReader reader, UserId user) {
            this.reader = reader;
            this.user = user;
        }

        @Override
        public StoredAttachment file() {
            return reader.file();
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            return reader.read(position, length);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                try {
                    reader.close();
                } finally {
                    release(user);
                }
            }
        }
    }
}
