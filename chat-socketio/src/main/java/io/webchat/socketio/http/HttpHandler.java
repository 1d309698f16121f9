package io.webchat.socketio.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers one kind of HTTP request.
 *
 * <p>Called on a network thread: it must not block. Requests of one connection come one at a time and in order;
 * requests of different connections come concurrently.
 */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Starts to answer a request.
     *
     * @param request the request, its body complete
     * @return completes with the response, on any thread; a failure, or an exception thrown here, is answered as 500
     *     and logged
     */
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
