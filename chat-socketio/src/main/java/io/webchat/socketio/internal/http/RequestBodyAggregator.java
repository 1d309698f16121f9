package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Collects the body of a request. If the body is too large, it answers 413, which ends the connection. */
final class RequestBodyAggregator extends HttpObjectAggregator {
    private final ErrorResponder errors;
    private final PeerFaults faults;

    RequestBodyAggregator(int maxBody, ErrorResponder errors, PeerFaults faults) {
        super(maxBody);
        this.errors = errors;
        this.faults = faults;
    }

    /**
     * Lets a client continue unless its body is too large. Netty would answer 413 itself, and take a body that comes
     * nevertheless for the next request.
     */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxBody, ChannelPipeline pipeline) {
        boolean expected = HttpUtil.is100ContinueExpected(start);
        start.headers().remove(HttpHeaderNames.EXPECT);
        return expected && !isContentLengthInvalid(start, maxBody) ? NettyResponses.empty(100) : null;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        faults.count(PeerFault.REQUEST);
        FullHttpResponse response = oversized instanceof HttpRequest request
                ? errors.respond(
                        request, Refusal.TOO_LARGE.status(), Refusal.TOO_LARGE.code(), Refusal.TOO_LARGE.detail())
                : NettyResponses.empty(Refusal.TOO_LARGE.status());
        ChannelWrites.send(ctx, response);
    }
}
