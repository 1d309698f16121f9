package io.webchat.socketio.transport;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.messages.HttpMessage;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Queue;

/**
 * Writes a session's queued packets, in place of the library's {@code EncoderHandler}, which loses every 51st
 * packet over polling, garbles non-ASCII text there, promises keep-alive and then closes, and reflects any origin.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class OutboundEncoder extends ChannelOutboundHandlerAdapter {
    // A polling response stops growing here; what is left waits for the next request.
    private static final int MAX_RESPONSE = 512 * 1024;
    private static final byte SEPARATOR = 0x1E;

    private final PacketText packetText;

    OutboundEncoder(PacketText packetText) {
        this.packetText = packetText;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
        if (!(msg instanceof HttpMessage)) {
            super.write(ctx, msg, promise);
            return;
        }
        // Of the library's messages only this kind matters: the others answer requests that EngineRequests answers.
        if (msg instanceof OutPacketMessage out) {
            if (out.getTransport() == Transport.WEBSOCKET) {
                writeFrames(ctx, out.getClientHead());
            } else {
                writeResponse(ctx, out.getClientHead());
            }
        }
        promise.trySuccess();
    }

    private void writeFrames(ChannelHandlerContext ctx, ClientHead head) {
        Session session = ctx.channel().attr(Session.ATTRIBUTE).get();
        Queue<Packet> queue = head.getPacketsQueue(Transport.WEBSOCKET);
        for (Packet packet = queue.poll(); packet != null; packet = queue.poll()) {
            byte[] text = packetText.of(packet, head);
            // What was to end a polling request has no meaning after the upgrade.
            if (text.length > 0 && packet.getType() != PacketType.NOOP) {
                ChannelPromise written = ctx.newPromise();
                if (packet instanceof RawPacket raw && session != null) {
                    written.addListener(done -> session.outbox().written(raw.cost()));
                }
                ctx.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)), written);
            } else if (session != null && packet.getSubType() == PacketType.DISCONNECT) {
                // So the library takes leave of whom its timer found dead.
                session.lost();
            }
        }
        ctx.flush();
    }

    private void writeResponse(ChannelHandlerContext ctx, ClientHead head) {
        Session session = ctx.channel().attr(Session.ATTRIBUTE).get();
        if (session == null || session.head() != head) {
            // The request was answered before; on a kept-alive connection the next one may be of another client.
            nudge(head);
            return;
        }
        Queue<Packet> queue = head.getPacketsQueue(Transport.POLLING);
        if (queue.isEmpty() || !ctx.channel().isActive()) {
            return;
        }
        session.pollAnswered(ctx.channel());
        ctx.channel().attr(EncoderHandler.WRITE_ONCE).set(true);
        ByteBuf body = ctx.alloc().buffer();
        long cost = drain(queue, head, body);
        FullHttpResponse response = HttpReplies.text(200, "text/plain; charset=UTF-8", body);
        ChannelPromise written = ctx.newPromise();
        written.addListener(done -> session.outbox().written(cost));
        ctx.writeAndFlush(response, written);
    }

    private long drain(Queue<Packet> queue, ClientHead head, ByteBuf body) {
        long cost = 0;
        while (body.readableBytes() < MAX_RESPONSE) {
            Packet packet = queue.poll();
            if (packet == null) {
                break;
            }
            append(body, packetText.of(packet, head), EngineVersion.of(head));
            cost += packet instanceof RawPacket raw ? raw.cost() : 0;
        }
        return cost;
    }

    private static void append(ByteBuf body, byte[] text, EngineVersion version) {
        if (text.length == 0) {
            return;
        }
        if (version == EngineVersion.V4) {
            if (body.isReadable()) {
                body.writeByte(SEPARATOR);
            }
            body.writeBytes(text);
        } else {
            byte[] ascii = LegacyText.asciiJson(text);
            body.writeCharSequence(ascii.length + ":", java.nio.charset.StandardCharsets.US_ASCII);
            body.writeBytes(ascii);
        }
    }

    private static void nudge(ClientHead head) {
        Session session = Session.of(head);
        if (session != null) {
            session.outbox().nudge();
        }
    }
}
