package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;

/** Gathers a request's body up to a limit; beyond it the answer is 413 with words, and the connection is closed. */
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
        // What is still coming is read and dropped meanwhile, so that the client gets to read the answer.
        ChannelWrites.sendAndEnd(ctx, ctx.channel(), response, GRACE);
    }
}
