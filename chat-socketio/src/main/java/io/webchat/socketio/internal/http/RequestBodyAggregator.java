package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;

/** Collects the body of a request. If the body is too large, it answers 413 and closes the connection. */
final class RequestBodyAggregator extends HttpObjectAggregator {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ErrorResponder errors;

    RequestBodyAggregator(int maxBody, ErrorResponder errors) {
        super(maxBody);
        this.errors = errors;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        FullHttpResponse response = oversized instanceof HttpRequest request
                ? errors.respond(request, 413, "too_large", "The request's body is too large.")
                : NettyResponses.empty(413);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        // Meanwhile the rest of the body is read and dropped, so that the client can read the response.
        ChannelWrites.sendAndEnd(ctx, ctx.channel(), response, GRACE);
    }
}
