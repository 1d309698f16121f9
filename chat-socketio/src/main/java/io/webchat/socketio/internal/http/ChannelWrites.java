package io.webchat.socketio.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes to a channel without waiting for the result. A write fails only when the channel is closed, and the channel
 * reports that itself.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class ChannelWrites {
    private ChannelWrites() {}

    /** Writes and flushes a message. */
    public static void send(ChannelOutboundInvoker channel, Object message) {
        channel.writeAndFlush(message);
    }

    /** Writes a message, then closes the channel. */
    public static void sendAndClose(ChannelOutboundInvoker channel, Object message) {
        channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Writes a last message and ends the connection so that the peer can still read the message.
     *
     * <p>Closing at once would reset the connection if unread input is left, and the peer might lose the message. So
     * this method ends only the output, and closes the channel after a while.
     */
    public static void sendAndEnd(ChannelOutboundInvoker from, Channel channel, Object message, Duration grace) {
        from.writeAndFlush(message).addListener(sent -> endOutput(channel));
        // The write never finishes if the peer does not read. The peer may also keep its own half open.
        closeLater(channel, grace);
    }

    /** Ends the output, and closes the channel after a while. Until then the peer can read all that was sent. */
    static void endOutput(Channel channel, Duration grace) {
        endOutput(channel);
        closeLater(channel, grace);
    }

    private static void closeLater(Channel channel, Duration grace) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().schedule(() -> close(channel), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void endOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (!(channel instanceof DuplexChannel duplex)) {
            channel.close();
        } else if (tls == null) {
            duplex.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(closed -> duplex.shutdownOutput());
        }
    }

    /** Closes the channel. */
    public static void close(ChannelOutboundInvoker channel) {
        channel.close();
    }
}
