package io.webchat.socketio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.ReferenceCountUtil;

/** Gathers a request's body up to a limit; beyond it the answer is 413 with words, and the connection is closed. */
final class BodyAggregator extends HttpObjectAggregator {
    BodyAggregator(int maxBody) {
        super(maxBody);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        FullHttpResponse response = EngineError.TOO_LARGE.response();
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        Channels.sendAndClose(ctx, response);
        // Whatever of the body came already.
        ReferenceCountUtil.safeRelease(oversized);
    }
}
