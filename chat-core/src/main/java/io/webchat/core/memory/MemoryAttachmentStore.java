package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ByteBudget;
import io.webchat.core.spi.support.ContentTypes;
import io.webchat.core.spi.support.HeapShare;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Files in the memory of this process, for tests and demonstrations: a restart loses them. All files together are
 * bounded in bytes. Beyond the bound, uploads fail with {@code queue_full}.
 */
public final class MemoryAttachmentStore implements AttachmentStore {
    private final AttachmentLimits limits;
    private final Clock clock;
    private final ByteBudget budget;
    private final HeldFiles files;

    private MemoryAttachmentStore(AttachmentLimits limits, Clock clock, ByteBudget budget) {
        this.limits = limits;
        this.clock = clock;
        this.budget = budget;
        this.files = new HeldFiles(budget);
    }

    /** Makes an empty store, for as many bytes as its {@linkplain HeapShare#ATTACHMENTS share} of the heap. */
    public static MemoryAttachmentStore create(AttachmentLimits limits, Clock clock) {
        return create(limits, clock, HeapShare.ATTACHMENTS.bytes());
    }

    /**
     * Makes an empty store.
     *
     * @param maxBytes the heap that all files and uploads may take
     * @throws IllegalArgumentException when it is below 1
     */
    public static MemoryAttachmentStore create(AttachmentLimits limits, Clock clock, long maxBytes) {
        return new MemoryAttachmentStore(limits, clock, new ByteBudget("files", maxBytes));
    }

    @Override
    public AttachmentLimits limits() {
        return limits;
    }

    /** The bytes that count against the bound. */
    long heldBytes() {
        return budget.used();
    }

    /** The finished files. */
    HeldFiles files() {
        return files;
    }

    @Override
    public CompletionStage<AttachmentUpload> begin(UserId owner, String name) {
        files.removeOld(clock.millis() - limits.pendingAge().toMillis());
        long owned = files.charge(owner);
        try {
            limits.check(0, owned);
            budget.take(HeapSize.ofFile(name));
            return CompletableFuture.completedFuture(new Upload(owner, name, owned));
        } catch (ChatException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        return CompletableFuture.completedFuture(files.keep(use, id).map(HeldFiles.Held::file));
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return CompletableFuture.completedFuture(files.find(id).map(Reader::new));
    }

    @Override
    public CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id) {
        return CompletableFuture.completedFuture(files.removePending(owner, id));
    }

    @Override
    public CompletionStage<Void> delete(AttachmentId id) {
        files.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<AttachmentId>> list(UserId owner) {
        return CompletableFuture.completedFuture(files.ids(owner));
    }

    /** A file that is being written. Its parts count in the budget until it is finished or given up. */
    private final class Upload implements AttachmentUpload {
        private final AttachmentId id = AttachmentId.random();
        private final List<byte[]> parts = new ArrayList<>();
        private final long createdAt = clock.millis();
        private final UserId owner;
        private final String name;
        private final long owned;
        private int bytes;
        private boolean ended;

        Upload(UserId owner, String name, long owned) {
            this.owner = owner;
            this.name = name;
            this.owned = owned;
        }

        @Override
        public AttachmentId id() {
            return id;
        }

        @Override
        public CompletionStage<Void> write(ByteBuffer buffer) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            try {
                checkOpen();
                limits.check((long) bytes + part.length, owned);
                budget.take(part.length);
            } catch (ChatException refused) {
                giveUp();
                return CompletableFuture.failedFuture(refused);
            }
            parts.add(part);
            bytes += part.length;
            return CompletableFuture.completedFuture(null);
        }

        private void checkOpen() {
            if (ended) {
                throw new ChatException(ErrorCode.BAD_REQUEST, "this upload has ended");
            }
        }

        @Override
        public CompletionStage<StoredAttachment> finish() {
            try {
                checkOpen();
            } catch (ChatException refused) {
                return CompletableFuture.failedFuture(refused);
            }
            ended = true;
            ByteBuffer all = ByteBuffer.allocate(bytes);
            parts.forEach(all::put);
            parts.clear();
            String type = ContentTypes.of(Arrays.copyOf(all.array(), Math.min(bytes, ContentTypes.HEAD_BYTES)));
            StoredAttachment file = new StoredAttachment(id, owner, name, type, bytes, createdAt);
            files.add(file, all.flip().asReadOnlyBuffer());
            return CompletableFuture.completedFuture(file);
        }

        @Override
        public CompletionStage<Void> abort() {
            giveUp();
            return CompletableFuture.completedFuture(null);
        }

        private void giveUp() {
            if (!ended) {
                ended = true;
                parts.clear();
                budget.add(-(HeapSize.ofFile(name) + bytes));
            }
        }
    }

    /** An open file. */
    private record Reader(HeldFiles.Held held) implements AttachmentReader {
        @Override
        public StoredAttachment file() {
            return held.file();
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            int from = (int) Math.min(position, held.content().limit());
            int count = Math.min(length, held.content().limit() - from);
            return CompletableFuture.completedFuture(held.content().slice(from, count));
        }

        @Override
        public void close() {}
    }
}
