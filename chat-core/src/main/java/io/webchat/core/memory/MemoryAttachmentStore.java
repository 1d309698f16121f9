package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ContentTypes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files in the memory of this process, for tests and demonstrations: a restart loses them. */
public final class MemoryAttachmentStore implements AttachmentStore {
    /**
     * A finished file.
     *
     * @param content its bytes, which nobody changes
     * @param use the message for which it is kept; null for a pending file
     */
    private record Held(
            StoredAttachment file,
            ByteBuffer content,
            @Nullable AttachmentUse use) {
        /** Returns the file as one that is kept for this message, if that is possible; this file otherwise. */
        Held keptFor(AttachmentUse message) {
            return use == null && isOf(message.owner()) ? new Held(file, content, message) : this;
        }

        boolean isOf(UserId user) {
            return file.owner().equals(user);
        }
    }

    private final Map<AttachmentId, Held> files = new ConcurrentHashMap<>();
    private final AttachmentLimits limits;
    private final Clock clock;

    private MemoryAttachmentStore(AttachmentLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes an empty store. */
    public static MemoryAttachmentStore create(AttachmentLimits limits, Clock clock) {
        return new MemoryAttachmentStore(limits, clock);
    }

    @Override
    public CompletionStage<AttachmentUpload> begin(UserId owner, String name) {
        long oldest = clock.millis() - limits.pendingAge().toMillis();
        files.values().removeIf(each -> each.use == null && each.file.createdAt() < oldest);
        long owned = ownedBy(owner).stream().mapToLong(StoredAttachment::bytes).sum();
        try {
            limits.check(0, owned);
            return CompletableFuture.completedFuture(new Upload(owner, name, owned));
        } catch (ChatException tooLarge) {
            return CompletableFuture.failedFuture(tooLarge);
        }
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        Held kept = files.computeIfPresent(id, (any, held) -> held.keptFor(use));
        return CompletableFuture.completedFuture(
                Optional.ofNullable(kept).filter(held -> use.equals(held.use)).map(Held::file));
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(files.get(id)).map(Reader::new));
    }

    @Override
    public CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id) {
        Held held = files.get(id);
        boolean pending = held != null && held.use == null && held.isOf(owner);
        return CompletableFuture.completedFuture(pending && files.remove(id, held));
    }

    @Override
    public CompletionStage<Void> delete(AttachmentId id) {
        files.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<StoredAttachment>> list(UserId owner) {
        return CompletableFuture.completedFuture(ownedBy(owner));
    }

    private List<StoredAttachment> ownedBy(UserId owner) {
        return files.values().stream()
                .map(Held::file)
                .filter(each -> each.owner().equals(owner))
                .toList();
    }

    /** A file that is being written. */
    private final class Upload implements AttachmentUpload {
        private final AttachmentId id = AttachmentId.random();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final long createdAt = clock.millis();
        private final UserId owner;
        private final String name;
        private final long owned;

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
        public CompletionStage<Void> write(ByteBuffer bytes) {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            try {
                limits.check((long) content.size() + part.length, owned);
            } catch (ChatException tooLarge) {
                content.reset();
                return CompletableFuture.failedFuture(tooLarge);
            }
            content.writeBytes(part);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<StoredAttachment> finish() {
            byte[] all = content.toByteArray();
            String type = ContentTypes.of(Arrays.copyOf(all, Math.min(all.length, ContentTypes.HEAD_BYTES)));
            StoredAttachment file = new StoredAttachment(id, owner, name, type, all.length, createdAt);
            files.put(id, new Held(file, ByteBuffer.wrap(all).asReadOnlyBuffer(), null));
            return CompletableFuture.completedFuture(file);
        }

        @Override
        public CompletionStage<Void> abort() {
            content.reset();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** An open file. */
    private record Reader(Held held) implements AttachmentReader {
        @Override
        public StoredAttachment file() {
            return held.file;
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            int from = (int) Math.min(position, held.content.limit());
            int count = Math.min(length, held.content.limit() - from);
            return CompletableFuture.completedFuture(held.content.slice(from, count));
        }

        @Override
        public void close() {}
    }
}
