package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a websocket, and adds the handlers of its frames to the pipeline. */
@SuppressWarnings("FutureReturnValueIgnored") // the listener is the end of the line
final class WebSocketUpgrade {
    /** Netty's name of the handler that decodes frames. */
    static final String DECODER = "wsdecoder";

    private static final String ENCODER = "wsencoder";
    /** Accepts every subprotocol: the client gets the first that it asks for, as from the official server. */
    private static final String ANY_SUBPROTOCOL = "*";

    private final TransportLimits limits;
    private final WebSocketDecoderConfig config;

    WebSocketUpgrade(TransportLimits limits) {
        this.limits = limits;
        // Netty would close the connection at once, and the client could not read the close frame.
        this.config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limits.maxMessage())
                .closeOnProtocolViolation(false)
                .build();
    }

    /**
     * Answers a checked upgrade request.
     *
     * @param session gives the session that takes the new websocket; null if none does. Then the websocket is closed
     */
    void start(
            ChannelHandlerContext ctx, FullHttpRequest request, Function<Channel, @Nullable EngineIoSession> session) {
        Channel channel = ctx.channel();
        new WebSocketServerHandshaker13("", ANY_SUBPROTOCOL, config)
                .handshake(channel, request)
                .addListener(written -> {
                    if (written.isSuccess() && channel.isActive()) {
                        opened(channel, session.apply(channel));
                    } else if (written.isSuccess()) {
                        ChannelWrites.close(channel);
                    } else {
                        channel.pipeline().fireExceptionCaught(written.cause());
                    }
                });
    }

    private void opened(Channel channel, @Nullable EngineIoSession session) {
        if (session == null) {
            new WebSocketCloser(
                            DisconnectReason.REFUSED, "the session takes no websocket", TransportTimeouts.REFUSAL_GRACE)
                    .close(channel);
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(DECODER, "earlyInput", new EarlyInputLimit(session, limits.maxEarly()));
        pipeline.addAfter(ENCODER, "webSocketInput", new WebSocketInputHandler(session));
        pipeline.addAfter(ENCODER, "webSocketFrames", new WebSocketFrameAggregator(limits.maxMessage()));
    }
}
