package io.webchat.socketio.internal.rest;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.StreamingHandler;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Takes uploads of files. The body of the request is the file, whatever its Content-Type says. */
final class AttachmentUploads {
    static final String PATH = "/v1/attachments";

    /** The largest number of uploads that all users make at once on this node. */
    static final int MAX_UPLOADS = 256;

    /** The least pace of a body, in bytes per second, while more than half of the uploads are under way. */
    static final int CROWDED_PACE = 64 * 1024;

    private final Attachments attachments;
    /** The uploads that may still begin on this node. The chat limits those of each user. */
    private final Semaphore free = new Semaphore(MAX_UPLOADS);

    AttachmentUploads(Attachments attachments) {
        this.attachments = attachments;
    }

    /** Begins an upload whose body comes in pieces. */
    CompletionStage<BodySink> begin(UserId user, HttpRequest request, OptionalLong length) {
        checkForm(request);
        checkLength(length);
        String name = request.query("name").orElse("");
        if (!free.tryAcquire()) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "too many uploads run on this server at once");
        }
        return attachments
                .upload(user, name)
                .<BodySink>thenApply(upload -> new UploadSink(upload, request.id(), free::release))
                .whenComplete((sink, failure) -> {
                    if (failure != null) {
                        free.release();
                    }
                });
    }

    /** Returns the pace that each body needs now. Slow clients must not hold all uploads of a node for hours. */
    int bytesPerSecond() {
        return free.availablePermits() < MAX_UPLOADS / 2 ? CROWDED_PACE : StreamingHandler.BYTES_PER_SECOND;
    }

    private static void checkForm(HttpRequest request) {
        String encoding = request.header("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new UnsupportedMediaTypeException("Content-Encoding: send the bytes of the file unchanged");
        }
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
            throw new UnsupportedMediaTypeException("Content-Type: send the bytes of the file as the body, not a form");
        }
    }

    private void checkLength(OptionalLong length) {
        long max = attachments.maxBytes();
        // Without a store the upload itself is refused.
        if (max > 0 && length.orElse(0) > max) {
            throw new ChatException(ErrorCode.TOO_LARGE, "the file has more than " + max + " bytes, the limit");
        }
    }

    /** Takes an upload whose body has arrived as a whole. */
    CompletionStage<HttpResponse> run(RestCall call) {
        byte[] body = call.request().body();
        return begin(call.user(), call.request(), OptionalLong.of(body.length))
                .thenCompose(sink -> written(sink, body)
                        .thenCompose(done -> sink.finish())
                        .whenComplete((response, failure) -> {
                            if (failure != null) {
                                sink.abort();
                            }
                        }));
    }

    private static CompletionStage<Void> written(BodySink sink, byte[] body) {
        return body.length == 0 ? CompletableFuture.completedStage(null) : sink.write(ByteBuffer.wrap(body));
    }
}
