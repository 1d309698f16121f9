package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.webchat.socketio.internal.engineio.packet.EncodedPacket;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** The last words of a session on each of its channels. */
final class SessionCloser {
    private static final String CLOSE = "1";
    private static final String NOOP = "6";

    private final EngineIoSession session;
    private final DisconnectReason reason;
    private final Duration grace;

    SessionCloser(EngineIoSession session, DisconnectReason reason, Duration grace) {
        this.session = session;
        this.reason = reason;
        this.grace = grace;
    }

    void run() {
        if (session.outbound().poll() != null) {
            answerPoll();
        }
        Channel webSocket = session.outbound().webSocket();
        if (webSocket != null) {
            closeWebSocket(webSocket);
        }
    }

    private void answerPoll() {
        // A client that closes by itself expects its waiting request to end with no news.
        String last = reason == DisconnectReason.CLIENT ? NOOP : CLOSE;
        session.head()
                .getPacketsQueue(Transport.POLLING)
                .add(new EncodedPacket(
                        last.getBytes(StandardCharsets.US_ASCII), session.head().getEngineIOVersion()));
        Channel poll = session.outbound().poll();
        if (poll != null) {
            ChannelWrites.send(poll, new OutPacketMessage(session.head(), Transport.POLLING));
        }
    }

    private void closeWebSocket(Channel channel) {
        if (!channel.isActive() || reason == DisconnectReason.SLOW) {
            ChannelWrites.close(channel);
            return;
        }
        if (reason == DisconnectReason.SERVER) {
            // No close frame: the Java client takes note of one, does nothing, and reads no more, so that it would only
            // find out after its ping time-out. The end of the stream it sees at once.
            ChannelWrites.sendAndEnd(channel, channel, Unpooled.EMPTY_BUFFER, grace);
        } else {
            String text = reason.name().toLowerCase(Locale.ROOT);
            ChannelWrites.sendAndEnd(channel, channel, new CloseWebSocketFrame(reason.webSocketStatus(), text), grace);
        }
    }
}
