package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.HttpMessage;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.webchat.socketio.internal.engineio.packet.PacketTextEncoder;

/**
 * Writes a session's queued packets, in place of the library's {@code EncoderHandler}.
 *
 * <p>That one loses every 51st packet over polling and garbles non-ASCII text there. It promises keep-alive and then
 * closes, and it reflects any origin.
 */
@Sharable
final class OutboundPacketEncoder extends ChannelOutboundHandlerAdapter {
    private final WebSocketWriter webSocket;
    private final PollingResponseWriter polling;

    OutboundPacketEncoder(PacketTextEncoder encoder) {
        this.webSocket = new WebSocketWriter(encoder);
        this.polling = new PollingResponseWriter(encoder);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
        if (!(msg instanceof HttpMessage)) {
            super.write(ctx, msg, promise);
            return;
        }
        // The library's other messages respond to requests that EngineIoRequestHandler answers itself.
        if (msg instanceof OutPacketMessage out) {
            if (out.getTransport() == Transport.WEBSOCKET) {
                webSocket.write(ctx, out.getClientHead());
            } else {
                polling.write(ctx, out.getClientHead());
            }
        }
        promise.trySuccess();
    }
}
