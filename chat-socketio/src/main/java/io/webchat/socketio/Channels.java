package io.webchat.socketio;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;

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

    static void close(ChannelOutboundInvoker channel) {
        channel.close();
    }
}
