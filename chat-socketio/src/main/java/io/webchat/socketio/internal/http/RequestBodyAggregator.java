package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a request. If the body is larger than the limit of this request, it answers 413, which ends the
 * connection.
 */
final class RequestBodyAggregator extends HttpObjectAggregator {
    private final ToIntFunction<HttpRequest> limits;
    private final ErrorResponder errors;
    private final PeerFaults faults;
    private @Nullable HttpRequest current;
    private long left;
    private boolean refused;

    RequestBodyAggregator(ToIntFunction<HttpRequest> limits, ErrorResponder errors, PeerFaults faults) {
        // Each request has its own limit, which this class checks.
        super(Integer.MAX_VALUE);
        this.limits = limits;
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
    protected boolean isContentLengthInvalid(HttpMessage start, int maxContentLength) {
        return super.isContentLengthInvalid(start, limits.applyAsInt((HttpRequest) start));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, HttpObject msg, List<Object> out) throws Exception {
        if (msg instanceof HttpRequest request) {
            current = request;
            left = limits.applyAsInt(request);
            refused = false;
        }
        if (msg instanceof HttpContent content) {
            left -= content.content().readableBytes();
        }
        if (left < 0 && current != null && !refused) {
            // A body in chunks announces no length.
            refused = true;
            handleOversizedMessage(ctx, current);
        }
        if (!refused) {
            super.decode(ctx, msg, out);
        }
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        refused = true;
        faults.count(PeerFault.REQUEST);
        FullHttpResponse response = oversized instanceof HttpRequest request
                ? errors.respond(
                        request, Refusal.TOO_LARGE.status(), Refusal.TOO_LARGE.code(), Refusal.TOO_LARGE.detail())
                : NettyResponses.empty(Refusal.TOO_LARGE.status());
        ChannelWrites.send(ctx, response);
    }
}
