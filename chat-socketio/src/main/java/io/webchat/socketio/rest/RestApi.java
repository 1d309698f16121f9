package io.webchat.socketio.rest;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.StreamingHandler;
import io.webchat.socketio.internal.auth.TokenAuthentication;
import io.webchat.socketio.internal.rest.RestDispatcher;
import java.util.concurrent.CompletionStage;

/**
 * The REST API of a chat: everything under {@code /v1} that {@code docs/openapi.yaml} describes.
 *
 * <p>{@code SocketIoServer} serves it by itself. Use this class to serve it on routes of your own: this handler for
 * {@code /v1}, and {@link #uploads} for {@code POST /v1/attachments}. Without the second route, a file can only be as
 * large as the body of any other request.
 *
 * <p>Every request needs {@code Authorization: Bearer} with a token that the authenticator accepts, and runs on behalf
 * of that user. No call blocks. The response completes on the thread on which a backend answered. A failure is answered
 * with a problem (RFC 9457); the stage itself does not fail.
 */
public final class RestApi implements HttpHandler {
    private final RestDispatcher dispatcher;

    /**
     * Makes the API of this chat.
     *
     * @param authenticator returns the user of a token
     * @param requestsPerSecond how many requests a user may make per second on this node; 0 means no limit. {@code
     *     ChatConfig.burst} applies as for messages. Requests that send a message count as messages only
     */
    public RestApi(Chat chat, Authenticator authenticator, int requestsPerSecond) {
        dispatcher = new RestDispatcher(
                chat,
                new TokenAuthentication(authenticator, TokenAuthentication.REFUSED_PER_SECOND),
                requestsPerSecond);
    }

    /** Returns the handler for a route of {@code POST /v1/attachments}, which takes large files in pieces. */
    public StreamingHandler uploads() {
        return dispatcher;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return dispatcher.handle(request);
    }
}
