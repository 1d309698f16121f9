package io.webchat.socketio.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;

/** Gathers a request's body up to a limit; beyond it the answer is 413 with words, and the connection is closed. */
final class BodyAggregator extends HttpObjectAggregator {
    private static final Duration GRACE = Duration.ofSeconds(2);

    BodyAggregator(int maxBody) {
        super(maxBody);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        FullHttpResponse response = oversized instanceof HttpRequest request
                ? HttpReplies.refusal(request, EngineError.TOO_LARGE, "too_large", "The request's body is too large.")
                : EngineError.TOO_LARGE.response();
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        // What is still coming is read and dropped meanwhile, so that the client gets to read the answer.
        Channels.sendAndEnd(ctx, ctx.channel(), response, GRACE);
    }
}
