package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
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

/** Files in the memory of this process, for tests and demonstrations: a restart loses them. */
public final class MemoryAttachmentStore implements AttachmentStore {
    /**
     * A finished file.
     *
     * @param content its bytes, which nobody changes
     * @param kept whether a message refers to it
     */
    private record Held(StoredAttachment file, ByteBuffer content, boolean kept) {}

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
        files.values().removeIf(each -> !each.kept && each.file.createdAt() < oldest);
        long owned = ownedBy(owner).stream().mapToLong(StoredAttachment::bytes).sum();
        try {
            limits.check(0, owned);
            return CompletableFuture.completedFuture(new Upload(owner, name, owned));
        } catch (ChatException tooLarge) {
            return CompletableFuture.failedFuture(tooLarge);
        }
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(UserId owner, AttachmentId id) {
        Held kept = files.computeIfPresent(
                id, (any, held) -> held.file.owner().equals(owner) ? new Held(held.file, held.content, true) : held);
        return CompletableFuture.completedFuture(Optional.ofNullable(kept)
                .map(Held::file)
                .filter(file -> file.owner().equals(owner)));
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(files.get(id)).map(Reader::new));
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
            files.put(id, new Held(file, ByteBuffer.wrap(all).asReadOnlyBuffer(), false));
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
