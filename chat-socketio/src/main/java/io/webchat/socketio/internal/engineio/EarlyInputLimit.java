package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Limits the bytes that a websocket takes before its client has authenticated. It stands in front of the decoder, so
 * that a stranger cannot make the server buffer a long message. It leaves the pipeline afterwards.
 */
final class EarlyInputLimit extends ChannelInboundHandlerAdapter {
    private final EngineIoSession session;
    private long left;

    EarlyInputLimit(EngineIoSession session, int limit) {
        this.session = session;
        this.left = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (session.signedIn()) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(msg);
            return;
        }
        ByteBuf bytes = (ByteBuf) msg;
        left -= bytes.readableBytes();
        if (left >= 0) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
            session.webSocketFailed(ctx.channel(), DisconnectReason.TOO_LARGE, "too long before authentication");
        }
    }
}
