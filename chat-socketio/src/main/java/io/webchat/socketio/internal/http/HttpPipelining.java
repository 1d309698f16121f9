package io.webchat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one HTTP request of a connection be handled at a time, and answers in the order of the requests.
 *
 * <ul>
 *   <li>Pipelined requests wait for their turn. The connection is closed if they are too many or too large together.
 *   <li>Every response says whether the connection is kept alive, and the connection is closed accordingly.
 *   <li>The connection is closed if a request does not arrive in full in time, or a response does not leave in time.
 *   <li>The response to a HEAD request loses its body here.
 *   <li>After a websocket upgrade, this handler removes itself and all other {@link RequestOnlyHandler}s.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class HttpPipelining extends ChannelDuplexHandler implements RequestOnlyHandler {
    /** The user event that closes the connection as soon as no request is being handled. */
    static final Object CLOSE_WHEN_IDLE = new Object();

    private static final int MAX_WAITING = 8;

    private final Duration idleTimeout;
    private final int maxWaitingBytes;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean keepAlive;
    private boolean head;
    private boolean upgraded;
    private boolean closing;
    private @Nullable ScheduledFuture<?> idle;

    HttpPipelining(Duration idleTimeout, int maxWaitingBytes) {
        this.idleTimeout = idleTimeout;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        closeAfterIdle(ctx);
        super.channelActive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (upgraded || !(msg instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(msg);
        } else if (!request.decoderResult().isSuccess()) {
            request.release();
            keepAlive = false;
            ChannelWrites.sendAndClose(ctx, NettyResponses.empty(400));
        } else if (busy) {
            queue(ctx, request);
        } else {
            begin(ctx, request);
        }
    }

    private void queue(ChannelHandlerContext ctx, FullHttpRequest request) {
        long bytes = request.content().readableBytes();
        for (FullHttpRequest each : waiting) {
            bytes += each.content().readableBytes();
        }
        if (waiting.size() < MAX_WAITING && bytes <= maxWaitingBytes) {
            waiting.add(request);
        } else {
            request.release();
            ChannelWrites.close(ctx);
        }
    }

    private void begin(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        keepAlive = HttpUtil.isKeepAlive(request);
        head = HttpMethod.HEAD.equals(request.method());
        stopIdle();
        ctx.fireChannelRead(request);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof FullHttpResponse response) {
            FullHttpResponse own = head ? withoutBody(response) : response;
            ctx.write(own, ending(ctx, own, promise.unvoid()));
        } else {
            ctx.write(msg, promise);
        }
    }

    /** Returns the same response without its body. The Content-Length stays. */
    private static FullHttpResponse withoutBody(FullHttpResponse response) {
        FullHttpResponse bare = response.replace(Unpooled.EMPTY_BUFFER);
        response.release();
        return bare;
    }

    private ChannelPromise ending(ChannelHandlerContext ctx, FullHttpResponse response, ChannelPromise promise) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            upgraded = true;
            stopIdle();
            return promise.addListener(written -> removeRequestHandlers(ctx.pipeline()));
        }
        keepAlive &= !closing;
        HttpUtil.setKeepAlive(response, keepAlive);
        closeAfterIdle(ctx);
        return promise.addListener(written -> ended(ctx));
    }

    /** Websocket frames skip these handlers from now on, and an idle websocket does not pay for their memory. */
    private static void removeRequestHandlers(ChannelPipeline pipeline) {
        // On a closed connection the pipeline is empty by now.
        List<ChannelHandler> handlers = new ArrayList<>(pipeline.toMap().values());
        Collections.reverse(handlers);
        for (ChannelHandler handler : handlers) {
            if (handler instanceof RequestOnlyHandler) {
                pipeline.remove(handler);
            }
        }
    }

    private void ended(ChannelHandlerContext ctx) {
        busy = false;
        if (!keepAlive || closing || !ctx.channel().isActive()) {
            ChannelWrites.close(ctx);
            return;
        }
        FullHttpRequest next = waiting.poll();
        if (next != null) {
            begin(ctx, next);
        } else {
            closeAfterIdle(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == CLOSE_WHEN_IDLE) {
            closing = true;
            if (!busy && !upgraded) {
                ChannelWrites.close(ctx);
            }
        }
        super.userEventTriggered(ctx, event);
    }

    /** Closes the connection after the idle time-out, unless a request begins or the connection becomes a websocket. */
    private void closeAfterIdle(ChannelHandlerContext ctx) {
        stopIdle();
        idle = ctx.executor().schedule(() -> ChannelWrites.close(ctx), idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopIdle() {
        if (idle != null) {
            idle.cancel(false);
            idle = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        stopIdle();
        super.channelInactive(ctx);
    }

    /** Netty calls this also when the connection has ended. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }
}
