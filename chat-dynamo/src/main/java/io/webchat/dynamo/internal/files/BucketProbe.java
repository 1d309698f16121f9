package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Tries each kind of request on objects of its own. Each needs a right of its own, and may fail while others do not. */
final class BucketProbe {
    private final S3Requests requests;
    private final String listed;
    private final String key;
    private final String copy;

    BucketProbe(S3Requests requests, FileKeys keys) {
        this.requests = requests;
        this.listed = keys.all(FileKeys.Kind.PROBE);
        this.key = listed + UUID.randomUUID();
        this.copy = key + "-copy";
    }

    CompletableFuture<Void> run() {
        return requests.put(key, "text/plain", Map.of(), content())
                .thenCompose(done -> requests.putIfAbsent(key, new byte[1]))
                .thenAccept(BucketProbe::mustBeRefused)
                .thenCompose(done -> requests.list(listed, ""))
                .thenCompose(done -> requests.copy(key, copy))
                .thenAccept(BucketProbe::mustBeThere)
                .thenCompose(done -> requests.read(copy, 0, 1))
                .thenAccept(found -> mustBeThere(found.isPresent()))
                .thenCompose(done -> requests.uploads(listed))
                .thenCompose(done -> requests.beginParts(key, "text/plain", Map.of()))
                .thenCompose(upload -> requests.abort(key, upload))
                .thenCompose(done -> requests.delete(copy))
                .thenCompose(done -> requests.delete(key));
    }

    private static List<ByteBuffer> content() {
        return List.of(ByteBuffer.wrap("probe".getBytes(StandardCharsets.UTF_8)));
    }

    /** A store that ignores the condition would let two messages keep one file. */
    private static void mustBeRefused(boolean put) {
        if (put) {
            throw new ChatException(
                    ErrorCode.UNAVAILABLE, "the store of the bucket ignores If-None-Match of PutObject");
        }
    }

    private static void mustBeThere(boolean there) {
        if (!there) {
            throw new ChatException(
                    ErrorCode.UNAVAILABLE, "an object that was just written to the bucket is not there");
        }
    }
}
