package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.PacketsMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;

/**
 * Dispatches one Engine.IO packet. Messages go to the session, valid heartbeats and upgrades to the library. A close
 * packet ends the session. Any other packet is a protocol violation.
 */
final class PacketDispatcher {
    private static final byte[] PONG = {'3'};

    private PacketDispatcher() {}

    /**
     * Dispatches a packet of an open session.
     *
     * @param ctx the context of a handler in front of the library's packet handler
     */
    static void dispatch(ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet, Transport via)
            throws ProtocolViolation {
        if (session.ended()) {
            return;
        }
        if (packet.binary()) {
            session.binary();
        } else if (packet.type() == '4') {
            message(session, packet);
        } else if (packet.is("1")) {
            session.end(DisconnectReason.CLIENT);
        } else if (isHeartbeat(session, packet)) {
            alive(ctx, session, packet, via);
            session.heartbeat();
        } else {
            throw new ProtocolViolation("unexpected Engine.IO packet");
        }
    }

    private static void message(EngineIoSession session, EngineIoPacket packet) throws ProtocolViolation {
        if (session.version() == ProtocolVersion.V3) {
            // In Engine.IO 3 the client sends the heartbeats. A message counts as one, too.
            session.head().schedulePingTimeout();
        }
        session.message(packet.data());
    }

    private static void alive(
            ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet, Transport via) {
        if (session.version() == ProtocolVersion.V4) {
            toLibrary(ctx, session, packet, via);
        } else {
            session.head().schedulePingTimeout();
            // The library's pong would not be counted among the waiting bytes of a client that does not read.
            session.outbound().send(PONG);
        }
    }

    /** In Engine.IO 4 the server sends pings, in Engine.IO 3 the client. */
    private static boolean isHeartbeat(EngineIoSession session, EngineIoPacket packet) {
        return packet.is(session.version() == ProtocolVersion.V4 ? "3" : "2");
    }

    /** Dispatches a packet from a websocket that has not yet taken over from polling. */
    static void dispatchProbe(ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet)
            throws ProtocolViolation {
        if (packet.is("2probe") && !session.upgrading()) {
            toLibrary(ctx, session, packet, Transport.WEBSOCKET);
            session.startUpgrade();
        } else if (packet.is("5")) {
            toLibrary(ctx, session, packet, Transport.WEBSOCKET);
            session.finishUpgrade();
        } else {
            throw new ProtocolViolation("only upgrade packets are allowed before the upgrade");
        }
    }

    private static void toLibrary(
            ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet, Transport via) {
        ByteBuf content = Unpooled.wrappedBuffer(packet.data());
        ctx.fireChannelRead(new PacketsMessage(session.head(), content, via));
    }
}
