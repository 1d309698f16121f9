package io.webchat.dynamo.internal.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps and deletes files. First {@link FileUses} decides; then the object moves. If a node dies in between, whoever
 * keeps the file again, or looks for old files, moves it.
 */
record FileMoves(S3Requests requests, FileKeys keys, FileUses uses) {
    /** Keeps a file for the message with this key; empty if there is none, or another message has it. */
    CompletableFuture<Optional<StoredAttachment>> keep(AttachmentId id, String use) {
        return exists(id).thenCompose(there -> there ? decideAndMove(id, use) : none());
    }

    private CompletableFuture<Boolean> exists(AttachmentId id) {
        return requests.head(keys.of(FileKeys.Kind.PENDING, id))
                .thenCompose(pending -> pending.isPresent()
                        ? CompletableFuture.completedFuture(true)
                        : requests.head(keys.of(FileKeys.Kind.KEPT, id)).thenApply(Optional::isPresent));
    }

    private CompletableFuture<Optional<StoredAttachment>> decideAndMove(AttachmentId id, String use) {
        return uses.decide(id, use).thenCompose(decided -> decided.equals(use) ? moved(id) : none());
    }

    /** Returns the file once it has moved. If somebody has deleted it meanwhile, nothing of it is left. */
    private CompletableFuture<Optional<StoredAttachment>> moved(AttachmentId id) {
        return move(id).thenCompose(done -> requests.head(keys.of(FileKeys.Kind.KEPT, id)))
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found.map(object -> FileMetadata.file(id, object)))
                        : uses.forget(id).thenCompose(done -> none()));
    }

    /** Moves the object of a file that is kept, if it has not moved yet. */
    private CompletableFuture<Void> move(AttachmentId id) {
        String pending = keys.of(FileKeys.Kind.PENDING, id);
        return requests.copy(pending, keys.of(FileKeys.Kind.KEPT, id))
                .thenCompose(copied -> copied ? requests.delete(pending) : CompletableFuture.completedFuture(null));
    }

    /** Deletes a file that no message has kept; returns whether there was one. */
    CompletableFuture<Boolean> deletePending(AttachmentId id) {
        return requests.head(keys.of(FileKeys.Kind.PENDING, id))
                .thenCompose(
                        found -> found.isPresent() ? deleteUnlessKept(id) : CompletableFuture.completedFuture(false));
    }

    /** Deletes a pending file, or moves it if a message has kept it; returns whether it is deleted. */
    CompletableFuture<Boolean> deleteUnlessKept(AttachmentId id) {
        return uses.decide(id, FileUses.DELETED)
                .thenCompose(decided -> decided.equals(FileUses.DELETED)
                        ? delete(id).thenApply(done -> true)
                        : move(id).thenApply(done -> false));
    }

    /** Deletes a file, kept or not. The decision goes last: without the object, another one has no effect. */
    CompletableFuture<Void> delete(AttachmentId id) {
        return requests.delete(keys.of(FileKeys.Kind.PENDING, id))
                .thenCompose(done -> requests.delete(keys.of(FileKeys.Kind.KEPT, id)))
                .thenCompose(done -> uses.forget(id));
    }

    private static <T> CompletableFuture<Optional<T>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
