package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.webchat.socketio.internal.http.NettyResponses;
import org.jspecify.annotations.Nullable;

/**
 * A polling GET that waits for packets. It is answered once, on the event loop of its channel. Afterwards the channel
 * may serve requests of other clients.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class WaitingPoll {
    private static final AttributeKey<WaitingPoll> ATTRIBUTE = AttributeKey.valueOf("webchat.poll");

    private final EngineIoSession session;
    private final ChannelHandlerContext ctx;

    WaitingPoll(EngineIoSession session, ChannelHandlerContext ctx) {
        this.session = session;
        this.ctx = ctx;
    }

    EngineIoSession session() {
        return session;
    }

    /** Marks the channel as waiting. */
    void start() {
        ctx.channel().attr(ATTRIBUTE).set(this);
    }

    /** Returns the request that waits on a channel; null if there is none. */
    static @Nullable WaitingPoll on(Channel channel) {
        return channel.attr(ATTRIBUTE).get();
    }

    Channel channel() {
        return ctx.channel();
    }

    /** Answers with this payload, and calls back when the payload has left or is lost. */
    void answer(ByteBuf payload, Runnable written) {
        channel().attr(ATTRIBUTE).set(null);
        ChannelPromise promise = ctx.newPromise();
        promise.addListener(done -> written.run());
        ctx.writeAndFlush(NettyResponses.text(200, "text/plain; charset=UTF-8", payload), promise);
    }
}
