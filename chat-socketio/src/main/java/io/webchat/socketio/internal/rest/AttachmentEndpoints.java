package io.webchat.socketio.internal.rest;

import io.webchat.core.Attachments;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Uploads, reads and deletes files, and tells the limits. */
final class AttachmentEndpoints {
    private static final String FILE = AttachmentUploads.PATH + "/{attachmentId}";
    private static final String ID = "attachmentId";
    private static final String CONVERSATION = "conversationId";
    private static final String FROM = "from";
    private static final String MSG_ID = "msgId";

    private final Attachments attachments;
    private final AttachmentDownloads downloads = new AttachmentDownloads();

    private AttachmentEndpoints(Attachments attachments) {
        this.attachments = attachments;
    }

    static List<RestEndpoint> of(Attachments attachments, AttachmentUploads uploads) {
        AttachmentEndpoints endpoints = new AttachmentEndpoints(attachments);
        return List.of(
                RestEndpoint.get(AttachmentUploads.PATH, endpoints::limits),
                RestEndpoint.upload(AttachmentUploads.PATH, uploads::run),
                RestEndpoint.get(FILE, endpoints::read),
                RestEndpoint.delete(FILE, endpoints::delete));
    }

    /** Tells what a client must know before it offers to send files. */
    private CompletionStage<HttpResponse> limits(RestCall call) {
        return CompletableFuture.completedStage(RestResponses.json(
                200,
                RestJson.object()
                        .put("maxBytes", attachments.maxBytes())
                        .put("maxFiles", MessageContent.MAX_ATTACHMENTS)));
    }

    private CompletionStage<HttpResponse> read(RestCall call) {
        return downloads
                .open(call.user(), () -> open(call))
                .thenApply(reader -> FileResponses.of(call.request(), reader));
    }

    /** Opens a file of a message; without the message, a file of the caller. */
    private CompletionStage<AttachmentReader> open(RestCall call) {
        AttachmentId id = call.id(ID, AttachmentId::of);
        HttpRequest request = call.request();
        long given = Stream.of(CONVERSATION, FROM, MSG_ID)
                .filter(name -> request.query(name).isPresent())
                .count();
        if (given == 0) {
            return attachments.open(call.user(), id);
        }
        if (given < 3) {
            throw new ChatException(
                    ErrorCode.BAD_REQUEST,
                    "give all of conversationId, from and msgId, or none for a file of your own");
        }
        ConversationId conversation =
                ConversationId.of(request.query(CONVERSATION).orElseThrow());
        MessageRef message = new MessageRef(
                UserId.of(request.query(FROM).orElseThrow()),
                MessageId.of(request.query(MSG_ID).orElseThrow()));
        return attachments.open(call.user(), conversation, message, id);
    }

    private CompletionStage<HttpResponse> delete(RestCall call) {
        return attachments
                .delete(call.user(), call.id(ID, AttachmentId::of))
                .thenApply(done -> RestResponses.noContent());
    }
}
