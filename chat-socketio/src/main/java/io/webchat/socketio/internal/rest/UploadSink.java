package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of a request to a file.
 *
 * @param upload the file
 * @param requestId the id of the request
 * @param release called once in the end
 */
record UploadSink(AttachmentUpload upload, String requestId, Runnable release) implements BodySink {
    private static final Logger LOG = LoggerFactory.getLogger(UploadSink.class);

    @Override
    public CompletionStage<Void> write(ByteBuffer bytes) {
        return upload.write(bytes);
    }

    @Override
    public CompletionStage<HttpResponse> finish() {
        return upload.finish().thenApply(file -> {
            release.run();
            return created(file);
        });
    }

    private static HttpResponse created(StoredAttachment file) {
        ObjectNode json = RestJson.object()
                .put("id", file.id().value())
                .put("name", file.name())
                .put("type", file.type())
                .put("bytes", file.bytes());
        return RestResponses.json(201, json)
                .withHeader("Location", AttachmentUploads.PATH + "/" + file.id())
                .withHeader("Cache-Control", "no-store");
    }

    @Override
    public void abort() {
        var unused = upload.abort().whenComplete((done, failure) -> {
            release.run();
            if (failure != null) {
                // The store deletes what is left of it later.
                LOG.debug("The upload of request {} was not aborted", requestId, failure);
            }
        });
    }
}
