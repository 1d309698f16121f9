package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.engineio.packet.PollingPayloadWriter;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.NettyResponses;
import io.webchat.socketio.internal.http.RequestOnlyHandler;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request to Engine.IO's path: handshakes, polling requests and websocket upgrades. An improper request
 * gets the error of the official server.
 */
@Sharable
final class EngineIoRequestHandler extends ChannelInboundHandlerAdapter implements RequestOnlyHandler {
    private final EngineIoContext context;
    private final PollingPostHandler posts;
    private final WebSocketUpgrade upgrade;
    private final BooleanSupplier accepting;

    EngineIoRequestHandler(EngineIoContext context, BooleanSupplier accepting) {
        this.context = context;
        this.posts = new PollingPostHandler(context.limits());
        this.upgrade = new WebSocketUpgrade(context.limits());
        this.accepting = accepting;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request) || !EngineIoQuery.concerns(request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            EngineIoQuery query = EngineIoQuery.parse(request);
            EngineIoError error =
                    query.sessionId() == null ? open(ctx, request, query) : ofSession(ctx, request, query);
            if (error != null) {
                ChannelWrites.send(ctx, error.response());
            }
        } catch (EngineIoQuery.Refused e) {
            ChannelWrites.send(ctx, e.error().response());
        } finally {
            ReferenceCountUtil.release(request);
        }
    }

    private @Nullable EngineIoError open(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query) {
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineIoError.BAD_METHOD;
        }
        if (!accepting.getAsBoolean()) {
            return EngineIoError.SHUTTING_DOWN;
        }
        Handshake handshake = query.handshake(ctx.channel());
        if (query.webSocket()) {
            upgrade.start(ctx, request, channel -> {
                EngineIoSession session = create(channel, handshake);
                session.open(channel, session.handshakePacket(false));
                return session;
            });
        } else {
            EngineIoSession session = create(ctx.channel(), handshake);
            // First, because the client may send packets as soon as it has the response.
            session.open();
            ByteBuf payload = ctx.alloc().buffer();
            new PollingPayloadWriter(payload, query.version()).append(session.handshakePacket(true));
            ChannelWrites.send(ctx, NettyResponses.text(200, "text/plain; charset=UTF-8", payload));
        }
        return null;
    }

    private EngineIoSession create(Channel channel, Handshake handshake) {
        EngineIoSession session = new EngineIoSession(context, channel.eventLoop(), handshake);
        context.sessions().add(session);
        return session;
    }

    private @Nullable EngineIoError ofSession(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoQuery query) {
        EngineIoSession session = context.sessions().find(query.requireSessionId());
        if (session == null) {
            return EngineIoError.SESSION_UNKNOWN;
        }
        if (session.version() != query.version()) {
            return EngineIoError.BAD_REQUEST;
        }
        if (request.method().equals(HttpMethod.POST)) {
            return query.webSocket() ? EngineIoError.BAD_REQUEST : posts.handle(ctx, request, session);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineIoError.BAD_REQUEST;
        }
        if (query.webSocket()) {
            upgrade.start(ctx, request, channel -> session.offer(channel) ? session : null);
            return null;
        }
        return session.poll(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        WaitingPoll poll = WaitingPoll.on(ctx.channel());
        if (poll != null) {
            poll.session().pollLost(poll);
        }
        ctx.fireChannelInactive();
    }
}
