package io.webchat.socketio.transport;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.EncoderHandler;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of Engine.IO: answers whatever is not a proper request for a session with the official server's errors,
 * takes polling POSTs itself, and lets only handshakes, polls and websocket upgrades pass to the library.
 */
@Sharable
final class EngineRequests extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRequests.class);

    private final TransportContext context;
    private final PayloadSplitter splitter;
    private final BooleanSupplier accepting;

    EngineRequests(TransportContext context, BooleanSupplier accepting) {
        this.context = context;
        this.splitter = new PayloadSplitter(context.limits().maxPackets());
        this.accepting = accepting;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || !EngineQuery.concerns(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        boolean passed = false;
        try {
            EngineQuery query = EngineQuery.parse(request);
            EngineError error = query.sessionId() == null ? handshake(ctx, request, query) : known(ctx, request, query);
            passed = error == null && !isPost(request);
            if (error != null) {
                Channels.send(ctx, error.response());
            }
        } catch (EngineQuery.Refused e) {
            Channels.send(ctx, e.error().response());
        }
        if (passed) {
            ctx.fireChannelRead(request);
        } else {
            ReferenceCountUtil.release(request);
        }
    }

    private @Nullable EngineError handshake(ChannelHandlerContext ctx, FullHttpRequest request, EngineQuery query) {
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineError.BAD_METHOD;
        }
        if (!accepting.getAsBoolean()) {
            return EngineError.SHUTTING_DOWN;
        }
        pass(ctx, request, query);
        return null;
    }

    private @Nullable EngineError known(ChannelHandlerContext ctx, FullHttpRequest request, EngineQuery query) {
        Session session = context.sessions().find(query.requireSessionId());
        if (session == null || session.ended()) {
            return EngineError.SESSION_UNKNOWN;
        }
        if (session.version() != query.version() || session.upgraded()) {
            return EngineError.BAD_REQUEST;
        }
        if (query.webSocket()) {
            return upgrade(ctx, request, query, session);
        }
        if (isPost(request)) {
            return post(ctx, request, session);
        }
        return request.method().equals(HttpMethod.GET) ? poll(ctx, request, query, session) : EngineError.BAD_REQUEST;
    }

    private @Nullable EngineError upgrade(
            ChannelHandlerContext ctx, FullHttpRequest request, EngineQuery query, Session session) {
        if (session.outbox().webSocket() != null) {
            // The library would let the second websocket take the first one's place.
            return EngineError.BAD_REQUEST;
        }
        pass(ctx, request, query);
        return null;
    }

    private @Nullable EngineError poll(
            ChannelHandlerContext ctx, FullHttpRequest request, EngineQuery query, Session session) {
        if (session.outbox().poll() != null) {
            session.end(CloseReason.VIOLATION);
            return EngineError.BAD_REQUEST;
        }
        pass(ctx, request, query);
        return null;
    }

    private static void pass(ChannelHandlerContext ctx, FullHttpRequest request, EngineQuery query) {
        new EngineRequest(query.webSocket(), query.handshake(ctx, request)).putOn(ctx.channel());
        // Of the request before, on a kept-alive connection.
        ctx.channel().attr(EncoderHandler.WRITE_ONCE).set(null);
        request.setUri(query.canonicalUri());
    }

    private @Nullable EngineError post(ChannelHandlerContext ctx, FullHttpRequest request, Session session) {
        if (request.content().readableBytes() > context.limits().maxPayload()) {
            return EngineError.TOO_LARGE;
        }
        if (!session.startPost()) {
            session.end(CloseReason.VIOLATION);
            return EngineError.BAD_REQUEST;
        }
        try {
            byte[] body = ByteBufUtil.getBytes(request.content());
            List<EnginePacket> packets = splitter.split(body, session.version());
            for (EnginePacket packet : packets) {
                EngineInput.accept(ctx, session, packet, Transport.POLLING);
            }
        } catch (ProtocolViolation e) {
            LOG.debug("{} broke the protocol: {}", ctx.channel(), e.getMessage());
            session.end(CloseReason.VIOLATION);
            return EngineError.BAD_REQUEST;
        } finally {
            session.endPost();
        }
        Channels.send(ctx, HttpReplies.text(200, "text/html", "ok"));
        return null;
    }

    private static boolean isPost(FullHttpRequest request) {
        return request.method().equals(HttpMethod.POST);
    }
}
