package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ContentTypes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A file that is being written. Up to the size of one part it is one request; a longer file is sent in parts, of which
 * one is in memory. Its steps follow one another, so they need no lock.
 */
final class S3Upload implements AttachmentUpload {
    private final S3Requests requests;
    private final String key;
    private final StoredAttachment begun;
    private final AttachmentLimits limits;
    /** The sum that the owner's other files count. */
    private final long owned;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream(ContentTypes.HEAD_BYTES);
    private final PartBuffer part = new PartBuffer();
    private final List<CompletedPart> sent = new ArrayList<>();
    private long size;
    /** The id of the upload in parts; null before the first part is full, and after the end. */
    private @Nullable String uploadId;

    /**
     * Begins.
     *
     * @param begun the file, of which only type and size are open
     */
    S3Upload(S3Requests requests, String key, StoredAttachment begun, AttachmentLimits limits, long owned) {
        this.requests = requests;
        this.key = key;
        this.begun = begun;
        this.limits = limits;
        this.owned = owned;
    }

    @Override
    public AttachmentId id() {
        return begun.id();
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        try {
            limits.check(size + bytes.remaining(), owned);
        } catch (ChatException tooLarge) {
            return failedAfterAbort(tooLarge);
        }
        size += bytes.remaining();
        ByteBuffer copy = bytes.duplicate();
        while (copy.hasRemaining() && head.size() < ContentTypes.HEAD_BYTES) {
            head.write(copy.get());
        }
        return append(bytes);
    }

    private CompletableFuture<Void> append(ByteBuffer bytes) {
        part.take(bytes);
        return part.isFull() ? sendPart().thenCompose(done -> append(bytes)) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> sendPart() {
        return upload().thenCompose(id -> requests.part(key, id, sent.size() + 1, part.content()))
                .thenAccept(done -> {
                    sent.add(done);
                    part.clear();
                });
    }

    private CompletableFuture<String> upload() {
        return uploadId != null
                ? CompletableFuture.completedFuture(uploadId)
                : requests.beginParts(key, type(), metadata()).thenApply(id -> {
                    uploadId = id;
                    return id;
                });
    }

    private String type() {
        return ContentTypes.of(head.toByteArray());
    }

    private Map<String, String> metadata() {
        return FileMetadata.of(begun.owner(), begun.name(), begun.createdAt());
    }

    @Override
    public CompletionStage<StoredAttachment> finish() {
        CompletableFuture<Void> written = uploadId == null
                ? requests.put(key, type(), metadata(), part.content())
                : lastPart().thenCompose(id -> requests.complete(key, id, sent));
        return written.thenApply(done -> {
                    uploadId = null;
                    part.clear();
                    return new StoredAttachment(
                            begun.id(), begun.owner(), begun.name(), type(), size, begun.createdAt());
                })
                .exceptionallyCompose(this::failedAfterAbort);
    }

    private CompletableFuture<String> lastPart() {
        return part.isEmpty() ? upload() : sendPart().thenCompose(done -> upload());
    }

    @Override
    public CompletionStage<Void> abort() {
        part.clear();
        String id = uploadId;
        uploadId = null;
        return id == null ? CompletableFuture.completedFuture(null) : requests.abort(key, id);
    }

    /** Fails with this failure once the upload is given up. An upload that S3 does not give up is deleted later. */
    private <T> CompletableFuture<T> failedAfterAbort(Throwable failure) {
        return abort().toCompletableFuture()
                .handle((done, another) -> failure)
                .thenCompose(CompletableFuture::failedFuture);
    }
}
