package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.PacketsMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the input of a websocket in front of the library's packet handler: first the frames, then the {@link
 * PacketsMessage}s that the library makes of them. Only heartbeats and upgrade packets pass on to the library.
 */
final class WebSocketInputHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketInputHandler.class);

    private boolean binary;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        if (msg instanceof PacketsMessage packets && packets.getTransport() == Transport.WEBSOCKET) {
            message(ctx, packets);
        } else if (msg instanceof WebSocketFrame frame) {
            frame(ctx, frame);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void frame(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame.rsv() != 0) {
            frame.release();
            violated(ctx, new ProtocolViolation("no websocket extension was agreed on"));
        } else if (frame instanceof PingWebSocketFrame) {
            answerPing(ctx, frame);
        } else if (frame instanceof PongWebSocketFrame) {
            frame.release();
        } else {
            if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
                binary = frame instanceof BinaryWebSocketFrame;
            }
            ctx.fireChannelRead(frame);
        }
    }

    private static void answerPing(ChannelHandlerContext ctx, WebSocketFrame ping) {
        if (ctx.channel().isWritable()) {
            ChannelWrites.send(ctx, new PongWebSocketFrame(ping.content()));
        } else {
            // No pong for a client that does not read: it could fill the memory with pongs.
            ping.release();
        }
    }

    private void message(ChannelHandlerContext ctx, PacketsMessage packets) {
        EngineIoSession session = ctx.channel().attr(EngineIoSession.ATTRIBUTE).get();
        if (session == null) {
            ChannelWrites.close(ctx);
            return;
        }
        try {
            EngineIoPacket packet = packet(packets.getContent());
            if (session.upgraded()) {
                PacketDispatcher.dispatch(ctx, session, packet, Transport.WEBSOCKET);
            } else {
                PacketDispatcher.dispatchProbe(ctx, session, packet);
            }
        } catch (ProtocolViolation e) {
            violated(ctx, e);
        }
    }

    private EngineIoPacket packet(ByteBuf content) throws ProtocolViolation {
        byte[] bytes = ByteBufUtil.getBytes(content);
        if (!binary && !isAscii(bytes) && !ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
            throw new ProtocolViolation("not UTF-8");
        }
        return new EngineIoPacket(bytes, binary);
    }

    /** Most packets are ASCII, and this check costs much less than the check for UTF-8. */
    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each;
        }
        return all >= 0;
    }

    private static void violated(ChannelHandlerContext ctx, ProtocolViolation violation) {
        LOG.debug("Closing the session of {}: protocol violation: {}", ctx.channel(), violation.getMessage());
        EngineIoSession session = ctx.channel().attr(EngineIoSession.ATTRIBUTE).get();
        if (session != null && session.upgraded()) {
            session.end(DisconnectReason.VIOLATION);
        } else {
            ChannelWrites.sendAndClose(ctx, new CloseWebSocketFrame(1002, ""));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        EngineIoSession session = ctx.channel().attr(EngineIoSession.ATTRIBUTE).get();
        if (session != null) {
            if (session.outbound().webSocket() != ctx.channel()) {
                // The client aborted its waiting polling request.
                session.end(DisconnectReason.TRANSPORT);
            } else if (!session.upgraded()) {
                session.abandonUpgrade(ctx.channel());
            }
        }
        super.channelInactive(ctx);
    }
}
