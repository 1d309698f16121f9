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

/** Closes the channels of a session that has ended, after a last packet on each. */
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
        // A client that closes the session itself expects a NOOP as the response to its waiting request.
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
            // No close frame: the Java client ignores it and stops reading, so that it would notice the end only after
            // its ping time-out. It notices the end of the stream at once.
            ChannelWrites.sendAndEnd(channel, channel, Unpooled.EMPTY_BUFFER, grace);
        } else {
            String text = reason.name().toLowerCase(Locale.ROOT);
            ChannelWrites.sendAndEnd(channel, channel, new CloseWebSocketFrame(reason.webSocketStatus(), text), grace);
        }
    }
}
