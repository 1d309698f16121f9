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
 * Decides about one Engine.IO packet: messages go to the session, valid heartbeats and upgrades to the library, a close
 * ends the session, anything else is a violation.
 */
final class PacketDispatcher {
    private static final byte[] PONG = {'3'};

    private PacketDispatcher() {}

    /**
     * Takes a packet.
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
            // Its heartbeats are the client's; any other sign of life is as good.
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
            // Not the library's pong: it would count for nothing of what waits for a client, which may not take any.
            session.outbound().send(PONG);
        }
    }

    /** The server pings on Engine.IO 4, the client on 3. */
    private static boolean isHeartbeat(EngineIoSession session, EngineIoPacket packet) {
        return packet.is(session.version() == ProtocolVersion.V4 ? "3" : "2");
    }

    /** Takes a packet from a websocket that has not taken over from polling yet. */
    static void dispatchProbe(ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet)
            throws ProtocolViolation {
        if (packet.is("2probe") && !session.upgrading()) {
            toLibrary(ctx, session, packet, Transport.WEBSOCKET);
            session.startUpgrade();
        } else if (packet.is("5")) {
            toLibrary(ctx, session, packet, Transport.WEBSOCKET);
            session.finishUpgrade();
        } else {
            throw new ProtocolViolation("not an upgrade");
        }
    }

    private static void toLibrary(
            ChannelHandlerContext ctx, EngineIoSession session, EngineIoPacket packet, Transport via) {
        ByteBuf content = Unpooled.wrappedBuffer(packet.data());
        ctx.fireChannelRead(new PacketsMessage(session.head(), content, via));
    }
}
