package io.webchat.socketio.internal.engineio;

import io.netty.handler.codec.http.FullHttpResponse;
import io.webchat.socketio.internal.http.NettyResponses;

/** The error responses of Engine.IO over HTTP, with the codes and messages of the official server. */
enum EngineIoError {
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

    EngineIoError(int status, int code, String message) {
        this.status = status;
        this.json = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /** Returns the error for a request that HTTP refused with this status. */
    static EngineIoError ofStatus(int status) {
        return switch (status) {
            case 403 -> FORBIDDEN;
            case 413 -> TOO_LARGE;
            default -> BAD_REQUEST;
        };
    }

    FullHttpResponse response() {
        return NettyResponses.text(status, "application/json", json);
    }
}
