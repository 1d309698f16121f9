package io.webchat.dynamo.internal.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The files of a bucket. */
public final class BucketFiles {
    private final S3Requests requests;
    private final FileKeys keys;
    private final AttachmentLimits limits;
    private final Clock clock;
    private final BucketList list;
    private final FileMoves moves;
    private final OldFiles old;

    /** The files below these keys. */
    public BucketFiles(S3Requests requests, FileKeys keys, AttachmentLimits limits, Clock clock) {
        this.requests = requests;
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
        this.list = new BucketList(requests, keys);
        this.moves = new FileMoves(requests, keys, new FileUses(requests, keys));
        this.old = new OldFiles(requests, keys, moves, limits.pendingAge(), clock);
    }

    /** The limits of each file and user. */
    public AttachmentLimits limits() {
        return limits;
    }

    /** Begins an upload. */
    public CompletableFuture<AttachmentUpload> begin(UserId owner, String name) {
        old.deleteSome();
        return list.of(owner).thenCompose(old::deleteOld).thenApply(left -> begin(owner, name, left));
    }

    private AttachmentUpload begin(UserId owner, String name, List<BucketList.Entry> left) {
        long owned = left.stream()
                .mapToLong(each -> AttachmentLimits.charge(each.bytes()))
                .sum();
        limits.check(0, owned);
        AttachmentId id = FileKeys.newId(owner);
        StoredAttachment begun = new StoredAttachment(id, owner, name, "", 0, clock.millis());
        return new S3Upload(requests, keys.of(FileKeys.Kind.PENDING, id), begun, limits, owned);
    }

    /** Keeps a file for a message; empty if there is none, it is another user's, or another message has it. */
    public CompletableFuture<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        return FileKeys.isOf(use.owner(), id)
                ? moves.keep(id, use.key())
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Opens a file; empty if there is none. */
    public CompletableFuture<Optional<AttachmentReader>> open(AttachmentId id) {
        String kept = keys.of(FileKeys.Kind.KEPT, id);
        return open(List.of(kept), id)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : open(List.of(keys.of(FileKeys.Kind.PENDING, id), kept), id));
    }

    private CompletableFuture<Optional<AttachmentReader>> open(List<String> objectKeys, AttachmentId id) {
        return requests.head(objectKeys.get(0))
                .thenApply(found ->
                        found.map(object -> new S3Reader(requests, objectKeys, FileMetadata.file(id, object))));
    }

    /** Deletes a file of this user that is not kept; returns whether there was one. */
    public CompletableFuture<Boolean> deletePending(UserId owner, AttachmentId id) {
        return FileKeys.isOf(owner, id) ? moves.deletePending(id) : CompletableFuture.completedFuture(false);
    }

    /** Deletes a file, kept or not. */
    public CompletableFuture<Void> delete(AttachmentId id) {
        return moves.delete(id);
    }

    /** Returns the ids of all files of a user: a request for each 1 000 of them. */
    public CompletableFuture<List<AttachmentId>> list(UserId owner) {
        return list.of(owner)
                .thenApply(entries ->
                        entries.stream().map(each -> FileKeys.id(each.key())).toList());
    }

    /** Tries each kind of request; fails with {@code unavailable}, which names the first one that fails. */
    public CompletableFuture<Void> check() {
        return new BucketProbe(requests, keys).run();
    }
}
