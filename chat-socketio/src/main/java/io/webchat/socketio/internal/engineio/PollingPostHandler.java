package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.PollingPayloadParser;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.http.ChannelWrites;
import io.webchat.socketio.internal.http.NettyResponses;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the POST requests of a session, which bring packets of the client. */
final class PollingPostHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollingPostHandler.class);

    private final TransportLimits limits;
    private final PollingPayloadParser parser;

    PollingPostHandler(TransportLimits limits) {
        this.limits = limits;
        this.parser = new PollingPayloadParser(limits.maxPackets());
    }

    /** Handles the packets of a POST and answers it; returns the error to answer instead, or null. */
    @Nullable
    EngineIoError handle(ChannelHandlerContext ctx, FullHttpRequest request, EngineIoSession session) {
        if (request.content().readableBytes() > limits.maxBody(session)) {
            return EngineIoError.TOO_LARGE;
        }
        EngineIoError busy = session.startPost();
        if (busy != null) {
            return busy;
        }
        try {
            byte[] body = ByteBufUtil.getBytes(request.content());
            for (EngineIoPacket packet : parser.parse(body, session.version())) {
                session.receive(packet);
            }
        } catch (ProtocolViolation e) {
            LOG.debug("Closing the session of {}: protocol violation: {}", ctx.channel(), e.reason());
            session.end(DisconnectReason.VIOLATION, e.reason());
            return EngineIoError.BAD_REQUEST;
        } finally {
            session.endPost();
        }
        ChannelWrites.send(ctx, NettyResponses.text(200, "text/html", "ok"));
        return null;
    }
}
