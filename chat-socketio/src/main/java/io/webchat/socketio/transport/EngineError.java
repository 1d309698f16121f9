package io.webchat.socketio.transport;

import io.netty.handler.codec.http.FullHttpResponse;

/** The errors of Engine.IO's HTTP handshake, with the codes and words of the official server. */
enum EngineError {
    TRANSPORT_UNKNOWN(400, 0, "Transport unknown"),
    SESSION_UNKNOWN(400, 1, "Session ID unknown"),
    BAD_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version"),
    TOO_LARGE(413, 3, "Payload too large"),
    SHUTTING_DOWN(503, 3, "Shutting down");

    private final int status;
    private final String json;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.json = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    int status() {
        return status;
    }

    FullHttpResponse response() {
        return HttpReplies.text(status, "application/json", json);
    }
}
