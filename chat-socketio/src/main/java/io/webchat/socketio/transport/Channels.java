package io.webchat.socketio.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes whose outcome nobody waits for: a write that fails does so because the channel is gone, and the channel says
 * that itself.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Channels {
    private Channels() {}

    static void send(ChannelOutboundInvoker channel, Object message) {
        channel.writeAndFlush(message);
    }

    static void sendAndClose(ChannelOutboundInvoker channel, Object message) {
        channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Ends a connection after a last message, without losing it: closing outright while unread input is left resets the
     * connection, and the peer may never read what was sent. So only the output ends, and the rest after a while.
     */
    static void sendAndEnd(ChannelOutboundInvoker from, Channel channel, Object message, Duration grace) {
        from.writeAndFlush(message).addListener(sent -> endOutput(channel));
        // A peer that takes nothing never finishes that write, and one may leave its own half open.
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().schedule(() -> close(channel), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void endOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    static void close(ChannelOutboundInvoker channel) {
        channel.close();
    }
}
