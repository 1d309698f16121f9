package io.webchat.socketio.internal.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why no handler may see a request.
 *
 * @param status the HTTP status code
 * @param code the stable error code
 * @param detail one sentence for people
 * @param fault the kind to count; null if the request breaks no rule
 */
record Refusal(
        int status, String code, String detail, @Nullable PeerFault fault) {
    static final Refusal TOO_LARGE = malformed(413, "too_large", "The request's body is too large.");
    static final Refusal LONG_TARGET = malformed(414, "too_large", "The request's target is too long.");

    static Refusal badRequest(String detail) {
        return malformed(400, "bad_request", detail);
    }

    /** Returns the refusal of a request head that could not be decoded. */
    static Refusal ofHead(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return malformed(431, "too_large", "The request's header fields are too many or too large.");
        }
        return cause instanceof TooLongHttpLineException ? LONG_TARGET : badRequest("The request is malformed.");
    }

    private static Refusal malformed(int status, String code, String detail) {
        return new Refusal(status, code, detail, PeerFault.REQUEST);
    }
}
