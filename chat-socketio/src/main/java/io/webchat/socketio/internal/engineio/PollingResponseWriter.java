package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.protocol.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.webchat.socketio.internal.engineio.packet.EncodedPacket;
import io.webchat.socketio.internal.engineio.packet.LegacyPollingText;
import io.webchat.socketio.internal.engineio.packet.PacketTextEncoder;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.http.NettyResponses;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Answers the waiting polling request of a session with the packets in its queue. */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class PollingResponseWriter {
    // A response stops growing at this size. The remaining packets wait for the next request.
    private static final int MAX_RESPONSE = 512 * 1024;
    private static final byte SEPARATOR = 0x1E;

    private final PacketTextEncoder encoder;

    PollingResponseWriter(PacketTextEncoder encoder) {
        this.encoder = encoder;
    }

    /** Writes the response on the channel of the waiting request. Does nothing if the queue is empty. */
    void write(ChannelHandlerContext ctx, ClientHead head) {
        EngineIoSession session = ctx.channel().attr(EngineIoSession.ATTRIBUTE).get();
        if (session == null || session.head() != head) {
            // This request was answered before. The channel may now serve a request of another client.
            flush(head);
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
        FullHttpResponse response = NettyResponses.text(200, "text/plain; charset=UTF-8", body);
        ChannelPromise written = ctx.newPromise();
        written.addListener(done -> session.outbound().written(cost));
        ctx.writeAndFlush(response, written);
    }

    private long drain(Queue<Packet> queue, ClientHead head, ByteBuf body) {
        long cost = 0;
        while (body.readableBytes() < MAX_RESPONSE) {
            Packet packet = queue.poll();
            if (packet == null) {
                break;
            }
            append(body, encoder.encode(packet, head), ProtocolVersion.of(head));
            cost += packet instanceof EncodedPacket encoded ? encoded.cost() : 0;
        }
        return cost;
    }

    private static void append(ByteBuf body, byte[] text, ProtocolVersion version) {
        if (text.length == 0) {
            return;
        }
        if (version == ProtocolVersion.V4) {
            if (body.isReadable()) {
                body.writeByte(SEPARATOR);
            }
            body.writeBytes(text);
        } else {
            byte[] ascii = LegacyPollingText.asciiJson(text);
            body.writeCharSequence(ascii.length + ":", StandardCharsets.US_ASCII);
            body.writeBytes(ascii);
        }
    }

    private static void flush(ClientHead head) {
        EngineIoSession session = EngineIoSession.of(head);
        if (session != null) {
            session.outbound().flush();
        }
    }
}
