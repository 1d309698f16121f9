package io.webchat.socketio.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one HTTP request of a connection be handled at a time, and answers in the order of the requests.
 *
 * <ul>
 *   <li>Pipelined requests wait for their turn. The connection is closed if they are too many or too large together.
 *   <li>Every response says whether the connection is kept alive, and for how long. The connection is closed
 *       accordingly. A response that leaves before its request has arrived in full ends the connection.
 *   <li>The connection is closed if a request does not arrive in full in time, or a response does not leave in time. A
 *       body that is taken in pieces has a pace of its own, and each piece of a response has this time.
 *   <li>The response to a HEAD request loses its body here.
 *   <li>After a websocket upgrade, this handler removes itself and all other {@link RequestOnlyHandler}s.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class HttpPipelining extends ChannelDuplexHandler implements RequestOnlyHandler {
    /** The user event that closes the connection as soon as no request is being handled. */
    static final Object CLOSE_WHEN_IDLE = new Object();
    /** The user event that reports bytes of the client. */
    static final Object INPUT = new Object();

    /** The time in which a client can read the last response while the rest of its request is dropped. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private enum Phase {
        /** No request has begun. */
        READY,
        /** A request has begun to arrive. */
        ARRIVING,
        /** The body of the request is being taken in pieces. */
        STREAMED,
        /** The request has arrived in full and is being handled. */
        HANDLED,
        /** The response is leaving. */
        ANSWERED,
        /** The last response is leaving or has left. Further input is dropped. */
        ENDING,
        /** The connection is a websocket. */
        UPGRADED
    }

    private final Duration idleTimeout;
    private final Duration keepAliveTimeout;
    private final WaitingInput waiting;
    private Phase phase = Phase.READY;
    private boolean keepAlive;
    private boolean head;
    /** Whether the response left before its request had arrived in full. */
    private boolean early;

    private boolean closing;
    private @Nullable ScheduledFuture<?> idle;

    HttpPipelining(Duration idleTimeout, Duration keepAliveTimeout, int maxWaitingBytes) {
        this.idleTimeout = idleTimeout;
        this.keepAliveTimeout = keepAliveTimeout;
        this.waiting = new WaitingInput(maxWaitingBytes);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        closeAfter(ctx, idleTimeout);
        super.channelActive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof HttpObject part) || phase == Phase.UPGRADED) {
            ctx.fireChannelRead(msg);
        } else if (phase == Phase.ENDING) {
            ReferenceCountUtil.release(part);
        } else if (phase == Phase.HANDLED || phase == Phase.ANSWERED) {
            if (!waiting.add(part)) {
                ChannelWrites.close(ctx);
            }
        } else {
            take(ctx, part);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject part) {
        arriving(ctx);
        if (part instanceof HttpRequest request) {
            keepAlive = HttpUtil.isKeepAlive(request);
            head = HttpMethod.HEAD.equals(request.method());
        }
        if (part.decoderResult().isFailure()) {
            keepAlive = false;
        } else if (part instanceof LastHttpContent) {
            phase = Phase.HANDLED;
            stopIdle();
        }
        ctx.fireChannelRead(part);
    }

    private void arriving(ChannelHandlerContext ctx) {
        if (phase == Phase.READY) {
            phase = Phase.ARRIVING;
            closeAfter(ctx, idleTimeout);
        }
    }

    /** Leaves the time for the body of the request at hand to the handler that takes it in pieces. */
    void takeInPieces() {
        if (phase == Phase.ARRIVING) {
            phase = Phase.STREAMED;
            stopIdle();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof FullHttpResponse response && !isInterim(response)) {
            FullHttpResponse own = head ? withoutBody(response) : response;
            ctx.write(own, ending(ctx, own, promise.unvoid()));
        } else if (msg instanceof HttpResponse response && !(msg instanceof FullHttpResponse)) {
            answering(ctx, response);
            ctx.write(response, promise);
        } else if (msg instanceof HttpContent piece && !(msg instanceof FullHttpResponse)) {
            closeAfter(ctx, idleTimeout);
            ctx.write(piece, piece instanceof LastHttpContent ? endingWith(ctx, promise.unvoid()) : promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    private static boolean isInterim(FullHttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    }

    /** Returns the same response without its body. The Content-Length stays. */
    private static FullHttpResponse withoutBody(FullHttpResponse response) {
        FullHttpResponse bare = response.replace(Unpooled.EMPTY_BUFFER);
        response.release();
        return bare;
    }

    private ChannelPromise ending(ChannelHandlerContext ctx, FullHttpResponse response, ChannelPromise promise) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            phase = Phase.UPGRADED;
            stopIdle();
            return promise.addListener(written -> removeRequestHandlers(ctx.pipeline()));
        }
        answering(ctx, response);
        return endingWith(ctx, promise);
    }

    /** A response begins to leave. */
    private void answering(ChannelHandlerContext ctx, HttpResponse response) {
        early = phase == Phase.ARRIVING || phase == Phase.STREAMED;
        keepAlive &= !closing && !early;
        phase = keepAlive ? Phase.ANSWERED : Phase.ENDING;
        announce(response);
        closeAfter(ctx, idleTimeout);
    }

    private ChannelPromise endingWith(ChannelHandlerContext ctx, ChannelPromise promise) {
        return promise.addListener(written -> ended(ctx));
    }

    private void announce(HttpResponse response) {
        HttpUtil.setKeepAlive(response, keepAlive);
        if (keepAlive) {
            response.headers()
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE)
                    .set("Keep-Alive", "timeout=" + keepAliveTimeout.toSeconds());
        }
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
        if (early && ctx.channel().isActive()) {
            // Closing with unread input would reset the connection, and the client might lose the response.
            ChannelWrites.endOutput(ctx.channel(), GRACE);
        } else if (phase == Phase.ENDING || closing || !ctx.channel().isActive()) {
            ChannelWrites.close(ctx);
        } else {
            phase = Phase.READY;
            takeWaiting(ctx);
        }
    }

    private void takeWaiting(ChannelHandlerContext ctx) {
        while (phase == Phase.READY || phase == Phase.ARRIVING || phase == Phase.STREAMED) {
            HttpObject next = waiting.poll();
            if (next == null) {
                break;
            }
            take(ctx, next);
        }
        if (phase == Phase.READY) {
            closeAfter(ctx, keepAliveTimeout);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == INPUT) {
            arriving(ctx);
        } else if (event == CLOSE_WHEN_IDLE) {
            closing = true;
            if (phase == Phase.READY || phase == Phase.ARRIVING) {
                ChannelWrites.close(ctx);
            }
        }
        super.userEventTriggered(ctx, event);
    }

    /** Closes the connection after this time, unless something happens before. */
    private void closeAfter(ChannelHandlerContext ctx, Duration time) {
        stopIdle();
        idle = ctx.executor().schedule(() -> ChannelWrites.close(ctx), time.toMillis(), TimeUnit.MILLISECONDS);
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
        waiting.clear();
    }
}
