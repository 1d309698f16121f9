package io.webchat.socketio.internal.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.ClientAddress;
import io.webchat.socketio.internal.http.PeerFault;
import io.webchat.socketio.internal.http.PeerFaults;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a pipeline. It closes the connection when any handler in front of it fails. */
@Sharable
final class ConnectionFailureHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionFailureHandler.class);
    private static final String UNEXPECTED = "Closing the connection of {} after an unexpected failure";

    private final LogThrottle warnings = new LogThrottle();
    private final PeerFaults faults;

    ConnectionFailureHandler(PeerFaults faults) {
        this.faults = faults;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        // No handler took this message. It may be a frame that arrived after its session ended.
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException || cause instanceof CorruptedWebSocketFrameException) {
            // Its session closes the websocket, so that the client can read why.
            faults.count(PeerFault.CONNECTION);
            return;
        }
        if (isCausedByPeer(cause)) {
            faults.count(PeerFault.CONNECTION);
            LOG.debug("Closing the connection of {}: {}", ClientAddress.describe(ctx.channel()), cause.toString());
        } else if (warnings.permits()) {
            LOG.warn(UNEXPECTED, ClientAddress.describe(ctx.channel()), cause);
        } else {
            LOG.debug(UNEXPECTED, ClientAddress.describe(ctx.channel()), cause);
        }
        ChannelWrites.close(ctx);
    }

    private static boolean isCausedByPeer(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof PrematureChannelClosureException
                || cause instanceof WebSocketHandshakeException
                || cause.getCause() instanceof SSLException;
    }
}
