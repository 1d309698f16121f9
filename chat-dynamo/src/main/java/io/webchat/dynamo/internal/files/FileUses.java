package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.spi.support.Backoff;
import io.webchat.dynamo.internal.table.Futures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Decides once for each file: kept for one message, or deleted. The decision is an object that S3 creates only if it
 * is not there, so all nodes get the same answer.
 *
 * <p>S3 may answer such a write with a conflict while another node writes or deletes the object, and then there may be
 * no object yet. The write is repeated after a pause, which gives the other node time to end.
 *
 * @param pauses the pauses before another attempt
 */
record FileUses(S3Requests requests, FileKeys keys, Backoff pauses) {
    /** The use of a file that is deleted; no key of a message is like it. */
    static final String DELETED = "deleted";

    /** The largest number of attempts; with the pauses between them, they take up to 375 ms beside the requests. */
    static final int ATTEMPTS = 5;

    private static final Backoff PAUSES = Backoff.halfJitter(Duration.ofMillis(25), Duration.ofMillis(200));
    private static final int MAX_BYTES = 64;

    FileUses(S3Requests requests, FileKeys keys) {
        this(requests, keys, PAUSES);
    }

    /** Decides for this use, unless there is a decision; returns the one that holds. */
    CompletableFuture<String> decide(AttachmentId id, String use) {
        return decide(keys.of(FileKeys.Kind.USE, id), use, 1);
    }

    private CompletableFuture<String> decide(String key, String use, int attempt) {
        return requests.putIfAbsent(key, use.getBytes(StandardCharsets.UTF_8))
                .thenCompose(put -> put ? CompletableFuture.completedFuture(Optional.of(use)) : decided(key))
                .thenCompose(found ->
                        found.map(CompletableFuture::completedFuture).orElseGet(() -> decideLater(key, use, attempt)));
    }

    private CompletableFuture<Optional<String>> decided(String key) {
        return requests.read(key, 0, MAX_BYTES)
                .thenApply(found ->
                        found.map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString()));
    }

    private CompletableFuture<String> decideLater(String key, String use, int attempts) {
        return attempts == ATTEMPTS
                ? CompletableFuture.failedFuture(new ChatException(
                        ErrorCode.UNAVAILABLE, "a file is being decided on by others at the same time"))
                : Futures.later(pauses.delay(attempts - 1)).thenCompose(waited -> decide(key, use, attempts + 1));
    }

    /** Forgets the decision about a file that is gone. */
    CompletableFuture<Void> forget(AttachmentId id) {
        return requests.delete(keys.of(FileKeys.Kind.USE, id));
    }
}
