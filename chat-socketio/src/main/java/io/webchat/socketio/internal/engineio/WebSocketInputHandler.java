package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.engineio.packet.Utf8Check;
import io.webchat.socketio.internal.http.ChannelWrites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the packets of a websocket to its session. A frame over the limit or against the protocol closes it. */
final class WebSocketInputHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketInputHandler.class);

    private final EngineIoSession session;

    WebSocketInputHandler(EngineIoSession session) {
        this.session = session;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            answerPing(ctx, frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            ChannelWrites.sendAndClose(ctx, frame.retain());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            packet(ctx, frame);
        }
    }

    private static void answerPing(ChannelHandlerContext ctx, WebSocketFrame ping) {
        // No pong for a client that does not read: it could fill the memory with pongs.
        if (ctx.channel().isWritable()) {
            ChannelWrites.send(ctx, new PongWebSocketFrame(ping.content().retain()));
        }
    }

    private void packet(ChannelHandlerContext ctx, WebSocketFrame frame) {
        boolean binary = frame instanceof BinaryWebSocketFrame;
        byte[] bytes = ByteBufUtil.getBytes(frame.content());
        try {
            if (!binary && !Utf8Check.isValid(bytes)) {
                throw new ProtocolViolation("not UTF-8");
            }
            session.receive(ctx.channel(), new EngineIoPacket(bytes, binary));
        } catch (ProtocolViolation e) {
            failed(ctx, DisconnectReason.VIOLATION, e.reason());
        }
    }

    private void failed(ChannelHandlerContext ctx, DisconnectReason reason, String detail) {
        LOG.debug("Closing the websocket {}: {}: {}", ctx.channel(), reason, detail);
        session.webSocketFailed(ctx.channel(), reason, detail);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean tooLong = cause instanceof TooLongFrameException
                || (cause instanceof CorruptedWebSocketFrameException corrupt
                        && WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(corrupt.closeStatus()));
        if (tooLong) {
            failed(ctx, DisconnectReason.TOO_LARGE, "message too long");
        } else if (cause instanceof CorruptedWebSocketFrameException) {
            failed(ctx, DisconnectReason.VIOLATION, "malformed websocket frame");
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.webSocketClosed(ctx.channel());
        ctx.fireChannelInactive();
    }
}
