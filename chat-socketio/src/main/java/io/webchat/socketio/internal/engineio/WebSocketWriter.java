package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.webchat.socketio.internal.engineio.packet.EncodedPacket;
import io.webchat.socketio.internal.engineio.packet.PacketTextEncoder;
import java.util.Queue;

/** Writes the packets in a session's queue to its websocket, one text frame each. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class WebSocketWriter {
    private final PacketTextEncoder encoder;

    WebSocketWriter(PacketTextEncoder encoder) {
        this.encoder = encoder;
    }

    /** Writes all packets in the queue. */
    void write(ChannelHandlerContext ctx, ClientHead head) {
        EngineIoSession session = ctx.channel().attr(EngineIoSession.ATTRIBUTE).get();
        Queue<Packet> queue = head.getPacketsQueue(Transport.WEBSOCKET);
        for (Packet packet = queue.poll(); packet != null; packet = queue.poll()) {
            byte[] text = encoder.encode(packet, head);
            // A NOOP only ends a polling request. It has no meaning after the upgrade.
            if (text.length > 0 && packet.getType() != PacketType.NOOP) {
                ChannelPromise written = ctx.newPromise();
                if (packet instanceof EncodedPacket encoded && session != null) {
                    written.addListener(done -> session.outbound().written(encoded.cost()));
                }
                ctx.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)), written);
            } else if (session != null && packet.getSubType() == PacketType.DISCONNECT) {
                // The library queues a DISCONNECT when its timer finds no sign of life.
                session.lost();
            }
        }
        ctx.flush();
    }
}
