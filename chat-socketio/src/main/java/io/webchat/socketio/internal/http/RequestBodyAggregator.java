package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a request. If the body is larger than the limit of this request, it answers 413 and closes the
 * connection.
 */
final class RequestBodyAggregator extends HttpObjectAggregator {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ToIntFunction<HttpRequest> limits;
    private final ErrorResponder errors;
    private @Nullable HttpRequest current;
    private long left;
    private boolean refused;

    RequestBodyAggregator(ToIntFunction<HttpRequest> limits, ErrorResponder errors) {
        // Each request has its own limit, which this class checks.
        super(Integer.MAX_VALUE);
        this.limits = limits;
        this.errors = errors;
    }

    @Override
    protected boolean isContentLengthInvalid(HttpMessage start, int maxContentLength) {
        return super.isContentLengthInvalid(start, limits.applyAsInt((HttpRequest) start));
    }

    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        return super.newContinueResponse(start, limits.applyAsInt((HttpRequest) start), pipeline);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, HttpObject msg, List<Object> out) throws Exception {
        if (msg instanceof HttpRequest request) {
            current = request;
            left = limits.applyAsInt(request);
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
        FullHttpResponse response = oversized instanceof HttpRequest request
                ? errors.respond(request, 413, "too_large", "The request's body is too large.")
                : NettyResponses.empty(413);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        // Meanwhile the rest of the body is read and dropped, so that the client can read the response.
        ChannelWrites.sendAndEnd(ctx, ctx.channel(), response, GRACE);
    }
}
