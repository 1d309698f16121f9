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
import org.jspecify.annotations.Nullable;

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
        NamedMessage named = NamedMessage.of(call.request());
        return named == null
                ? attachments.open(call.user(), id)
                : attachments.open(call.user(), named.conversation, named.message, id);
    }

    private CompletionStage<HttpResponse> delete(RestCall call) {
        AttachmentId id = call.id(ID, AttachmentId::of);
        NamedMessage named = NamedMessage.of(call.request());
        CompletionStage<Void> deleted = named == null
                ? attachments.delete(call.user(), id)
                : attachments.delete(call.user(), named.conversation, named.message, id);
        return deleted.thenApply(done -> RestResponses.noContent());
    }

    /** The message that three parameters of a request name. */
    private record NamedMessage(ConversationId conversation, MessageRef message) {
        /** Returns the message; null if the request has none of the parameters. */
        static @Nullable NamedMessage of(HttpRequest request) {
            long given = Stream.of(CONVERSATION, FROM, MSG_ID)
                    .filter(name -> request.query(name).isPresent())
                    .count();
            if (given == 0) {
                return null;
            }
            if (given < 3) {
                throw new ChatException(
                        ErrorCode.BAD_REQUEST,
                        "give all of conversationId, from and msgId, or none for a file of your own");
            }
            return new NamedMessage(
                    ConversationId.of(request.query(CONVERSATION).orElseThrow()),
                    new MessageRef(
                            UserId.of(request.query(FROM).orElseThrow()),
                            MessageId.of(request.query(MSG_ID).orElseThrow())));
        }
    }
}
