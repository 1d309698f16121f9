package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.PollingPayloadParser;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.NettyResponses;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The polling requests of a session.
 *
 * <p>A POST brings packets of the client, and is answered here. A GET waits for packets of the server: the library
 * binds its channel to the session, and {@link PollingResponseWriter} answers it.
 */
final class PollingRequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollingRequestHandler.class);

    private final TransportLimits limits;
    private final PollingPayloadParser parser;

    PollingRequestHandler(TransportLimits limits) {
        this.limits = limits;
        this.parser = new PollingPayloadParser(limits.maxPackets());
    }

    /** Returns the error for a GET that may not wait; null if it may. A session has at most one waiting GET. */
    @Nullable
    EngineIoError checkGet(EngineIoSession session) {
        if (session.outbound().poll() == null) {
            return null;
        }
        session.end(DisconnectReason.VIOLATION);
        return EngineIoError.BAD_REQUEST;
    }

    /** Handles the packets of a POST and answers it; returns the error to answer instead, or null. */
    @Nullable
    EngineIoError handlePost(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoSession session) {
        if (request.content().readableBytes() > limits.maxPayload()) {
            return EngineIoError.TOO_LARGE;
        }
        if (!session.startPost()) {
            session.end(DisconnectReason.VIOLATION);
            return EngineIoError.BAD_REQUEST;
        }
        try {
            List<EngineIoPacket> packets = parser.parse(ByteBufUtil.getBytes(request.content()), session.version());
            for (EngineIoPacket packet : packets) {
                PacketDispatcher.dispatch(ctx, session, packet, Transport.POLLING);
            }
        } catch (ProtocolViolation e) {
            LOG.debug("Closing the session of {}: protocol violation: {}", ctx.channel(), e.getMessage());
            session.end(DisconnectReason.VIOLATION);
            return EngineIoError.BAD_REQUEST;
        } finally {
            session.endPost();
        }
        ChannelWrites.send(ctx, NettyResponses.text(200, "text/html", "ok"));
        return null;
    }
}
