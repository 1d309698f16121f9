package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import java.nio.charset.StandardCharsets;

/** Makes complete Netty responses. */
public final class NettyResponses {
    private NettyResponses() {}

    /** Returns a response that no cache stores. */
    public static FullHttpResponse text(int status, String contentType, ByteBuf body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    /** Returns a response with a text in UTF-8 that no cache stores. */
    public static FullHttpResponse text(int status, String contentType, String body) {
        return text(status, contentType, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    /**
     * Returns the response of a route whose body is in memory. For a {@code HEAD} request it keeps the Content-Length and
     * drops the body.
     */
    static FullHttpResponse of(HttpResponse answer, boolean head) {
        byte[] body = head ? new byte[0] : answer.body();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), Unpooled.wrappedBuffer(body));
        addFields(response, answer);
        return response;
    }

    /** Returns the head of a response whose body follows in pieces. */
    static io.netty.handler.codec.http.HttpResponse headOf(HttpResponse answer) {
        io.netty.handler.codec.http.HttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        addFields(response, answer);
        return response;
    }

    private static void addFields(HttpMessage response, HttpResponse answer) {
        response.headers().set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response.headers()::set);
        if (answer.status() != 204 && answer.status() != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.length());
        }
    }

    /** Returns a problem (RFC 9457) in response to a request that no route saw. */
    public static FullHttpResponse problem(HttpRequest request, int status, String code, String detail) {
        String id = request.headers().get(io.webchat.socketio.http.HttpRequest.ID_FIELD);
        return of(Problem.of(status, code, detail, id), false);
    }

    static FullHttpResponse empty(int status) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
        if (status >= 200 && status != 204 && status != 304) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        return response;
    }
}
