package io.webchat.socketio.internal.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a pipeline. It closes the connection when any handler in front of it fails. */
@Sharable
final class ConnectionFailureHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFailureHandler.class);
    private static final int TOO_BIG = 1009;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // No handler took this message. It may be a frame that arrived after its session ended.
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            ChannelWrites.sendAndClose(ctx, new CloseWebSocketFrame(TOO_BIG, "message too big"));
            return;
        }
        if (isCausedByPeer(cause)) {
            LOG.debug("Closing the connection {}", ctx.channel(), cause);
        } else {
            LOG.warn("Closing the connection {} after an unexpected failure", ctx.channel(), cause);
        }
        ChannelWrites.close(ctx);
    }

    private static boolean isCausedByPeer(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof PrematureChannelClosureException
                || cause.getCause() instanceof SSLException;
    }
}
