package io.webchat.dynamo.s3;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.dynamo.internal.files.BucketFiles;
import io.webchat.dynamo.internal.files.FileKeys;
import io.webchat.dynamo.internal.files.S3Requests;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Files in a bucket of S3, or of a store with the same protocol. All nodes share the bucket.
 *
 * <p>A pending file is an object below {@code pending/}. A small object below {@code use/} decides for which message it
 * is kept; it is written only if there is none. Then the file moves to {@code kept/}. Each begin of an upload
 * lists the owner's files, for the quota. At most every ten minutes a node also looks for old pending files, and for
 * uploads that a node has left behind, and deletes them. A lifecycle rule is not needed.
 *
 * <p>A file of up to 5 MiB takes one request. A larger one is uploaded in parts of 5 MiB, one after another: an upload
 * holds one part in memory.
 *
 * <p>Requests that S3 does not answer fail with {@code unavailable}.
 */
public final class S3AttachmentStore implements AttachmentStore {
    private final BucketFiles files;

    private S3AttachmentStore(BucketFiles files) {
        this.files = files;
    }

    /**
     * Makes a store in this bucket, which exists. The caller closes the client.
     *
     * @param clock the clock by which files age
     */
    public static S3AttachmentStore create(
            S3AsyncClient client, S3Location location, AttachmentLimits limits, Clock clock) {
        S3Requests requests = new S3Requests(client, location.bucket());
        return new S3AttachmentStore(new BucketFiles(requests, new FileKeys(location.prefix()), limits, clock));
    }

    /**
     * Completes if the store can use the bucket: each kind of request that it makes succeeds, on an object of its own.
     *
     * @return fails with {@code unavailable} and one sentence that names the request
     */
    public CompletionStage<Void> check() {
        return files.check();
    }

    @Override
    public AttachmentLimits limits() {
        return files.limits();
    }

    @Override
    public CompletionStage<AttachmentUpload> begin(UserId owner, String name) {
        return files.begin(owner, name);
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        return files.keep(use, id);
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return files.open(id);
    }

    @Override
    public CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id) {
        return files.deletePending(owner, id);
    }

    @Override
    public CompletionStage<Void> delete(AttachmentId id) {
        return files.delete(id);
    }

    @Override
    public CompletionStage<List<AttachmentId>> list(UserId owner) {
        return files.list(owner);
    }
}
