package io.webchat.socketio.internal.engineio;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.webchat.socketio.internal.http.ErrorResponder;
import io.webchat.socketio.internal.http.NettyResponses;

/** Refuses Engine.IO requests with the errors of Engine.IO, and all other requests with a problem. */
public final class EngineIoErrorResponder implements ErrorResponder {
    @Override
    public FullHttpResponse respond(HttpRequest request, int status, String code, String detail) {
        // Outside of the base path there is no Engine.IO.
        return EngineIoQuery.concerns(request) && status != 404
                ? EngineIoError.ofStatus(status).response()
                : NettyResponses.problem(request, status, code, detail);
    }
}
