package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.handler.EncoderHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.RequestOnlyHandler;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks every request to Engine.IO's path.
 *
 * <p>Only handshakes, polling GETs and websocket upgrades pass to the library. Polling POSTs go to {@link
 * PollingRequestHandler}. Any other request gets the error of the official server.
 */
@Sharable
final class EngineIoRequestHandler extends ChannelInboundHandlerAdapter implements RequestOnlyHandler {
    private static final List<AsciiString> UPGRADE_FIELDS = List.of(
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.SEC_WEBSOCKET_KEY,
            HttpHeaderNames.SEC_WEBSOCKET_VERSION,
            HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);

    private final EngineIoSessions sessions;
    private final PollingRequestHandler polling;
    private final BooleanSupplier accepting;

    EngineIoRequestHandler(EngineIoContext context, BooleanSupplier accepting) {
        this.sessions = context.sessions();
        this.polling = new PollingRequestHandler(context.limits());
        this.accepting = accepting;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || !EngineIoQuery.concerns(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        boolean passed = false;
        try {
            EngineIoQuery query = EngineIoQuery.parse(request);
            EngineIoError error =
                    query.sessionId() == null ? handshake(ctx, request, query) : ofSession(ctx, request, query);
            passed = error == null && !isPost(request);
            if (error != null) {
                ChannelWrites.send(ctx, error.response());
            }
        } catch (EngineIoQuery.Refused e) {
            ChannelWrites.send(ctx, e.error().response());
        }
        if (passed) {
            ctx.fireChannelRead(request);
        } else {
            ReferenceCountUtil.release(request);
        }
    }

    private @Nullable EngineIoError handshake(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query) {
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineIoError.BAD_METHOD;
        }
        if (!accepting.getAsBoolean()) {
            return EngineIoError.SHUTTING_DOWN;
        }
        prepare(ctx, request, query);
        return null;
    }

    private @Nullable EngineIoError ofSession(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query) {
        EngineIoSession session = sessions.find(query.requireSessionId());
        if (session == null || session.ended()) {
            return EngineIoError.SESSION_UNKNOWN;
        }
        if (session.version() != query.version() || session.upgraded()) {
            return EngineIoError.BAD_REQUEST;
        }
        if (query.webSocket()) {
            return upgrade(ctx, request, query, session);
        }
        if (isPost(request)) {
            return polling.handlePost(ctx, request, session);
        }
        return request.method().equals(HttpMethod.GET) ? poll(ctx, request, query, session) : EngineIoError.BAD_REQUEST;
    }

    private @Nullable EngineIoError upgrade(
            ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query, EngineIoSession session) {
        if (session.outbound().webSocket() != null) {
            // The library would let the second websocket replace the first one.
            return EngineIoError.BAD_REQUEST;
        }
        prepare(ctx, request, query);
        return null;
    }

    private @Nullable EngineIoError poll(
            ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query, EngineIoSession session) {
        EngineIoError error = polling.checkGet(session);
        if (error == null) {
            prepare(ctx, request, query);
        }
        return error;
    }

    /** Prepares a request for the library, which binds its channel to the session. */
    private static void prepare(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query) {
        new EngineIoRequest(query.webSocket(), query.sessionId(), query.handshake(ctx)).putOn(ctx.channel());
        // On a kept-alive connection the previous request has set this.
        ctx.channel().attr(EncoderHandler.WRITE_ONCE).set(null);
        request.setUri(query.canonicalUri());
        keepUpgradeFields(request.headers());
    }

    /** The library copies all header fields into the session, with a look-up per name, and reads none of them. */
    private static void keepUpgradeFields(HttpHeaders headers) {
        HttpHeaders kept = new DefaultHttpHeaders();
        UPGRADE_FIELDS.forEach(name -> kept.add(name, headers.getAll(name)));
        headers.set(kept);
    }

    private static boolean isPost(FullHttpRequest request) {
        return request.method().equals(HttpMethod.POST);
    }
}
