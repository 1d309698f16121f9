package io.webchat.socketio.internal.engineio;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.time.Duration;

/**
 * Closes a websocket so that the client can read the last packets and the reason, even if it goes on sending.
 *
 * @param reason the reason for the end
 * @param detail the same in a few words, for the close frame
 * @param grace the time for the client to close the connection by itself
 */
record WebSocketCloser(DisconnectReason reason, String detail, Duration grace) {
    /** Drops the input of a websocket that is being closed, undecoded. */
    @Sharable
    private static final class InputDropper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }
    }

    private static final InputDropper DROPPER = new InputDropper();

    /** Closes the websocket soon, after the packets that were sent before. */
    void close(Channel channel) {
        ChannelTasks.run(channel, () -> closeNow(channel));
    }

    private void closeNow(Channel channel) {
        if (!channel.isActive() || reason == DisconnectReason.SLOW) {
            ChannelWrites.close(channel);
            return;
        }
        if (channel.pipeline().context(DROPPER) == null) {
            channel.pipeline().addBefore(WebSocketUpgrade.DECODER, null, DROPPER);
        }
        if (reason == DisconnectReason.SERVER || reason == DisconnectReason.PING_TIMEOUT) {
            // No close frame: the Java client ignores it and stops reading, so that it would notice the end only after
            // its ping time-out. It notices the end of the stream at once.
            ChannelWrites.sendAndEnd(channel, channel, Unpooled.EMPTY_BUFFER, grace);
        } else {
            CloseWebSocketFrame frame = new CloseWebSocketFrame(reason.webSocketStatus(), detail);
            ChannelWrites.sendAndEnd(channel, channel, frame, grace);
        }
    }
}
