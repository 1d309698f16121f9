package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.AuthorizeHandler;
import com.corundumstudio.socketio.handler.ClientHead;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.RequestOnlyHandler;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades checked requests to websockets. It takes the place of the library's handshake, which logs an error with its
 * stack for each client that leaves meanwhile.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // the continuation is the end of the line
final class WebSocketUpgradeHandler extends ChannelInboundHandlerAdapter implements RequestOnlyHandler {
    /** The first protocol that a client offers is the answer, as of the official server. */
    private static final String ANY_PROTOCOL = "*";

    private final EngineIoSessions sessions;
    private final AuthorizeHandler opener;
    private final int maxFrame;

    WebSocketUpgradeHandler(EngineIoSessions sessions, AuthorizeHandler opener, int maxFrame) {
        this.sessions = sessions;
        this.opener = opener;
        this.maxFrame = maxFrame;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof FullHttpRequest request)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            ClientHead client = client(ctx.channel());
            if (client == null) {
                // The session ended while the request was on its way through the pipeline.
                ChannelWrites.send(ctx, EngineIoError.SESSION_UNKNOWN.response());
            } else {
                upgrade(ctx.channel(), request, client.getSessionId());
            }
        } finally {
            request.release();
        }
    }

    private @Nullable ClientHead client(Channel channel) {
        UUID sessionId = EngineIoRequest.on(channel).sessionId();
        return sessionId == null ? channel.attr(ClientHead.CLIENT).get() : sessions.get(sessionId);
    }

    private void upgrade(Channel channel, FullHttpRequest request, UUID sessionId) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        EngineIoQuery.PATH, ANY_PROTOCOL, true, maxFrame)
                .newHandshaker(request);
        ChannelFuture upgraded = handshaker.handshake(channel, request);
        upgraded.addListener(written -> {
            if (written.isSuccess()) {
                connect(channel, sessionId);
            } else {
                forget(sessionId);
                channel.pipeline().fireExceptionCaught(written.cause());
            }
        });
    }

    private void connect(Channel channel, UUID sessionId) {
        ClientHead client = sessions.get(sessionId);
        if (client == null) {
            ChannelWrites.close(channel);
            return;
        }
        channel.pipeline()
                .addBefore(
                        SocketIOChannelInitializer.WEB_SOCKET_TRANSPORT,
                        SocketIOChannelInitializer.WEB_SOCKET_AGGREGATOR,
                        new WebSocketFrameAggregator(maxFrame));
        client.bindChannel(channel, Transport.WEBSOCKET);
        opener.connect(client);
    }

    /** Drops the library's client of a session that has not begun. A session that polls goes on. */
    private void forget(UUID sessionId) {
        ClientHead client = sessions.get(sessionId);
        if (client != null && client.getNamespaces().isEmpty()) {
            sessions.removeClient(sessionId);
            client.disconnect();
        }
    }
}
