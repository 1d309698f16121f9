package io.webchat.socketio.internal.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where failures of all handlers arrive, the library's included: they end the connection, and nothing else. */
@Sharable
final class ConnectionFailureHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFailureHandler.class);
    private static final int TOO_BIG = 1009;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // Whatever nobody took, such as a frame after its session ended.
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            ChannelWrites.sendAndClose(ctx, new CloseWebSocketFrame(TOO_BIG, "message too big"));
            return;
        }
        if (isPeersDoing(cause)) {
            LOG.debug("Closing {}", ctx.channel(), cause);
        } else {
            LOG.warn("Closing {} after a failure", ctx.channel(), cause);
        }
        ChannelWrites.close(ctx);
    }

    private static boolean isPeersDoing(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof io.netty.handler.codec.DecoderException
                || cause.getCause() instanceof SSLException;
    }
}
