package io.webchat.dynamo.internal.files;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.BytesWrapper;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The requests to one bucket. Each ends in time, and fails with {@code unavailable}. */
public final class S3Requests {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

    private static final AwsRequestOverrideConfiguration QUICK = within(TIMEOUT);
    private static final AwsRequestOverrideConfiguration TRANSFER = within(TRANSFER_TIMEOUT);

    private final S3AsyncClient client;
    private final String bucket;

    /** The requests of this client to this bucket. */
    public S3Requests(S3AsyncClient client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    private static AwsRequestOverrideConfiguration within(Duration time) {
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(time).build();
    }

    /** Writes an object in one request. The buffers may be used again when the stage completes. */
    CompletableFuture<Void> put(String key, String type, Map<String, String> metadata, List<ByteBuffer> content) {
        return answered(
                        "PutObject",
                        () -> client.putObject(
                                put -> put.overrideConfiguration(TRANSFER)
                                        .bucket(bucket)
                                        .key(key)
                                        .contentType(type)
                                        .metadata(metadata),
                                body(content)))
                .thenApply(done -> null);
    }

    private static AsyncRequestBody body(List<ByteBuffer> content) {
        return content.isEmpty()
                ? AsyncRequestBody.empty()
                : AsyncRequestBody.fromByteBuffersUnsafe(content.toArray(ByteBuffer[]::new));
    }

    /** Writes a small object unless there is one with this key; returns whether it did. */
    CompletableFuture<Boolean> putIfAbsent(String key, byte[] content) {
        return attempt(() -> client.putObject(
                        put -> put.overrideConfiguration(QUICK)
                                .bucket(bucket)
                                .key(key)
                                .ifNoneMatch("*"),
                        AsyncRequestBody.fromBytes(content)))
                .thenApply(done -> true)
                .exceptionallyCompose(failure -> S3Errors.isPresent(failure)
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(S3Errors.toCaller("PutObject", failure)));
    }

    /** Begins an object in parts; returns the id of the upload. */
    CompletableFuture<String> beginParts(String key, String type, Map<String, String> metadata) {
        return answered(
                        "CreateMultipartUpload",
                        () -> client.createMultipartUpload(begin -> begin.overrideConfiguration(QUICK)
                                .bucket(bucket)
                                .key(key)
                                .contentType(type)
                                .metadata(metadata)))
                .thenApply(CreateMultipartUploadResponse::uploadId);
    }

    /** Writes a part of an object. The buffers may be used again when the stage completes. */
    CompletableFuture<CompletedPart> part(String key, String uploadId, int number, List<ByteBuffer> content) {
        return answered(
                        "UploadPart",
                        () -> client.uploadPart(
                                part -> part.overrideConfiguration(TRANSFER)
                                        .bucket(bucket)
                                        .key(key)
                                        .uploadId(uploadId)
                                        .partNumber(number),
                                body(content)))
                .thenApply(done -> completed(number, done));
    }

    /** Names a part. S3 asks for the checksums again that the client sent with the part. */
    private static CompletedPart completed(int number, UploadPartResponse done) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(done.eTag())
                .checksumCRC32(done.checksumCRC32())
                .build();
    }

    /** Makes an object of its parts. */
    CompletableFuture<Void> complete(String key, String uploadId, List<CompletedPart> parts) {
        return answered(
                        "CompleteMultipartUpload",
                        () -> client.completeMultipartUpload(complete -> complete.overrideConfiguration(TRANSFER)
                                .bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .multipartUpload(upload -> upload.parts(parts))))
                .thenApply(done -> null);
    }

    /** Gives an upload up; without it the call has no effect. */
    CompletableFuture<Void> abort(String key, String uploadId) {
        return found(
                        "AbortMultipartUpload",
                        () -> client.abortMultipartUpload(abort -> abort.overrideConfiguration(QUICK)
                                .bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)))
                .thenApply(done -> null);
    }

    /** Copies an object with its metadata; returns whether it was there. */
    CompletableFuture<Boolean> copy(String from, String to) {
        return found(
                        "CopyObject",
                        () -> client.copyObject(copy -> copy.overrideConfiguration(TRANSFER)
                                .sourceBucket(bucket)
                                .sourceKey(from)
                                .destinationBucket(bucket)
                                .destinationKey(to)))
                .thenApply(Optional::isPresent);
    }

    /** Returns what an object is, without its content; empty if there is none. */
    CompletableFuture<Optional<HeadObjectResponse>> head(String key) {
        return found(
                "HeadObject",
                () -> client.headObject(
                        head -> head.overrideConfiguration(QUICK).bucket(bucket).key(key)));
    }

    /** Reads a part of an object; empty if there is none. */
    CompletableFuture<Optional<ByteBuffer>> read(String key, long from, int length) {
        return found(
                        "GetObject",
                        () -> client.getObject(
                                get -> get.overrideConfiguration(TRANSFER)
                                        .bucket(bucket)
                                        .key(key)
                                        .range("bytes=" + from + "-" + (from + length - 1)),
                                AsyncResponseTransformer.toBytes()))
                .thenApply(found -> found.map(BytesWrapper::asByteBuffer));
    }

    /** Deletes an object; without it the call has no effect. */
    CompletableFuture<Void> delete(String key) {
        return found(
                        "DeleteObject",
                        () -> client.deleteObject(delete -> delete.overrideConfiguration(QUICK)
                                .bucket(bucket)
                                .key(key)))
                .thenApply(done -> null);
    }

    /**
     * Lists up to 1 000 objects, in the order of their keys.
     *
     * @param after the key after which the list begins; empty for the first ones
     */
    CompletableFuture<ListObjectsV2Response> list(String prefix, String after) {
        return answered(
                "ListObjectsV2",
                () -> client.listObjectsV2(list -> list.overrideConfiguration(QUICK)
                        .bucket(bucket)
                        .prefix(prefix)
                        .startAfter(after.isEmpty() ? null : after)));
    }

    /** Lists up to 1 000 uploads in parts that were begun. */
    CompletableFuture<ListMultipartUploadsResponse> uploads(String prefix) {
        return answered(
                "ListMultipartUploads",
                () -> client.listMultipartUploads(
                        list -> list.overrideConfiguration(QUICK).bucket(bucket).prefix(prefix)));
    }

    private static <T> CompletableFuture<Optional<T>> found(String name, Supplier<CompletableFuture<T>> request) {
        return attempt(request)
                .thenApply(Optional::of)
                .exceptionallyCompose(failure -> S3Errors.isMissing(failure)
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(S3Errors.toCaller(name, failure)));
    }

    private static <T> CompletableFuture<T> answered(String name, Supplier<CompletableFuture<T>> request) {
        return attempt(request)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(S3Errors.toCaller(name, failure)));
    }

    private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            // The client throws if it is closed.
            return CompletableFuture.failedFuture(e);
        }
    }
}
