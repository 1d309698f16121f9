package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Decides once for each file: kept for one message, or deleted. The decision is an object that S3 creates only if it
 * is not there, so all nodes get the same answer.
 */
record FileUses(S3Requests requests, FileKeys keys) {
    /** The use of a file that is deleted; no key of a message is like it. */
    static final String DELETED = "deleted";

    private static final int MAX_BYTES = 64;
    private static final int ATTEMPTS = 3;

    /** Decides for this use, unless there is a decision; returns the one that holds. */
    CompletableFuture<String> decide(AttachmentId id, String use) {
        return decide(keys.of(FileKeys.Kind.USE, id), use, ATTEMPTS);
    }

    private CompletableFuture<String> decide(String key, String use, int attempts) {
        if (attempts == 0) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "a file is being decided on by others at the same time"));
        }
        return requests.putIfAbsent(key, use.getBytes(StandardCharsets.UTF_8))
                .thenCompose(put -> put
                        ? CompletableFuture.completedFuture(use)
                        : requests.read(key, 0, MAX_BYTES)
                                .thenCompose(found -> found.map(bytes -> StandardCharsets.UTF_8
                                                .decode(bytes)
                                                .toString())
                                        .map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> decide(key, use, attempts - 1))));
    }

    /** Forgets the decision about a file that is gone. */
    CompletableFuture<Void> forget(AttachmentId id) {
        return requests.delete(keys.of(FileKeys.Kind.USE, id));
    }
}
