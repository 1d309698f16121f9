package io.webchat.socketio.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers one kind of HTTP request.
 *
 * <p>The server calls it on a network thread, so it must not block. It calls it for one request of a connection at a
 * time, in the order of the requests. Calls for different connections run concurrently.
 */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Starts to answer a request.
     *
     * @param request the request with its whole body
     * @return a stage that completes with the response, on any thread. If it fails, or if this method throws, the
     *     server answers 500 and logs the failure
     */
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
