package io.webchat.socketio.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.webchat.socketio.http.StreamingHandler;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests to {@link StreamingHandler}s without collecting their bodies. All other requests pass. It comes behind
 * the gate, so a request that breaks a rule is refused before.
 */
final class StreamedRequests extends ChannelInboundHandlerAdapter implements RequestOnlyHandler {
    private final RouteTable routes;
    private final HttpPipelining pipelining;
    private final Duration period;
    /** The latest request, if its body comes in pieces; the next one begins only when it has ended. */
    private @Nullable StreamedRequest current;

    /**
     * Makes the handler of a connection.
     *
     * @param pipelining the handler that times the requests of this connection
     * @param period the time in which some bytes of a body must arrive
     */
    StreamedRequests(RouteTable routes, HttpPipelining pipelining, Duration period) {
        this.routes = routes;
        this.pipelining = pipelining;
        this.period = period;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            current = begin(ctx, request);
        }
        if (current == null) {
            ctx.fireChannelRead(msg);
        } else if (msg instanceof HttpContent part) {
            current.add(part);
        }
    }

    private @Nullable StreamedRequest begin(ChannelHandlerContext ctx, HttpRequest head) {
        StreamingHandler handler = head.decoderResult().isFailure()
                ? null
                : routes.streaming(head.method().name(), head.uri()).orElse(null);
        if (handler == null) {
            return null;
        }
        ParsedRequest parsed = ParsedRequest.ofHead(ctx, head);
        if (parsed.refusal() != null) {
            return null;
        }
        pipelining.takeInPieces();
        StreamedRequest streamed =
                new StreamedRequest(ctx, handler, parsed.request(), HttpUtil.is100ContinueExpected(head), period);
        streamed.begin(
                head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                        ? OptionalLong.of(HttpUtil.getContentLength(head, 0L))
                        : OptionalLong.empty());
        return streamed;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == RequestGate.BODY_REFUSED) {
            cancel();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancel();
        super.channelInactive(ctx);
    }

    private void cancel() {
        StreamedRequest streamed = current;
        current = null;
        if (streamed != null) {
            streamed.cancel();
        }
    }
}
