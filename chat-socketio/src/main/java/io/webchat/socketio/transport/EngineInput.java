package io.webchat.socketio.transport;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.PacketsMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/**
 * Decides about one Engine.IO packet: messages go to the session, valid heartbeats and upgrades to the library, a close
 * ends the session, anything else is a violation.
 */
final class EngineInput {
    private static final byte[] PONG = {'3'};

    private EngineInput() {}

    /**
     * Takes a packet.
     *
     * @param ctx a place in the pipeline before the library's packet handler
     */
    static void accept(ChannelHandlerContext ctx, Session session, EnginePacket packet, Transport via)
            throws ProtocolViolation {
        if (session.ended()) {
            return;
        }
        if (packet.binary()) {
            session.binary();
        } else if (packet.type() == '4') {
            message(session, packet);
        } else if (packet.is("1")) {
            session.end(CloseReason.CLIENT);
        } else if (isHeartbeat(session, packet)) {
            alive(ctx, session, packet, via);
            session.heartbeat();
        } else {
            throw new ProtocolViolation("unexpected Engine.IO packet");
        }
    }

    private static void message(Session session, EnginePacket packet) throws ProtocolViolation {
        if (session.version() == EngineVersion.V3) {
            // Its heartbeats are the client's; any other sign of life is as good.
            session.head().schedulePingTimeout();
        }
        session.message(packet.data());
    }

    private static void alive(ChannelHandlerContext ctx, Session session, EnginePacket packet, Transport via) {
        if (session.version() == EngineVersion.V4) {
            toLibrary(ctx, session, packet, via);
        } else {
            session.head().schedulePingTimeout();
            // Not the library's pong: it would count for nothing of what waits for a client, which may not take any.
            session.outbox().send(PONG);
        }
    }

    /** The server pings on Engine.IO 4, the client on 3. */
    private static boolean isHeartbeat(Session session, EnginePacket packet) {
        return packet.is(session.version() == EngineVersion.V4 ? "3" : "2");
    }

    /** Takes a packet from a websocket that has not taken over from polling yet. */
    static void acceptProbe(ChannelHandlerContext ctx, Session session, EnginePacket packet) throws ProtocolViolation {
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

    private static void toLibrary(ChannelHandlerContext ctx, Session session, EnginePacket packet, Transport via) {
        ByteBuf content = Unpooled.wrappedBuffer(packet.data());
        ctx.fireChannelRead(new PacketsMessage(session.head(), content, via));
    }
}
