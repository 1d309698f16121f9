package io.webchat.socketio.internal.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;

/** Makes the response for a request that the server refuses before any route sees it. */
@FunctionalInterface
public interface ErrorResponder {
    /**
     * Returns the error response, in the format that the client of this request expects.
     *
     * @param request the refused request
     * @param status the HTTP status code
     * @param code the stable error code, such as {@code too_large}
     * @param detail one sentence for people
     */
    FullHttpResponse respond(HttpRequest request, int status, String code, String detail);
}
