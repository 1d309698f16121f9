package io.webchat.socketio.transport;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** The last words of a session on each of its channels. */
final class SessionClosing {
    private static final String CLOSE = "1";
    private static final String NOOP = "6";

    private final Session session;
    private final CloseReason reason;
    private final Duration grace;

    SessionClosing(Session session, CloseReason reason, Duration grace) {
        this.session = session;
        this.reason = reason;
        this.grace = grace;
    }

    void run() {
        if (session.outbox().poll() != null) {
            answerPoll();
        }
        Channel webSocket = session.outbox().webSocket();
        if (webSocket != null) {
            closeWebSocket(webSocket);
        }
    }

    private void answerPoll() {
        // A client that closes by itself expects its waiting request to end with no news.
        String last = reason == CloseReason.CLIENT ? NOOP : CLOSE;
        session.head()
                .getPacketsQueue(Transport.POLLING)
                .add(new RawPacket(
                        last.getBytes(StandardCharsets.US_ASCII), session.head().getEngineIOVersion()));
        Channel poll = session.outbox().poll();
        if (poll != null) {
            Channels.send(poll, new OutPacketMessage(session.head(), Transport.POLLING));
        }
    }

    private void closeWebSocket(Channel channel) {
        if (!channel.isActive() || reason == CloseReason.SLOW) {
            Channels.close(channel);
            return;
        }
        if (reason == CloseReason.SERVER) {
            // No close frame: the Java client takes note of one, does nothing, and reads no more, so that it would only
            // find out after its ping time-out. The end of the stream it sees at once.
            Channels.sendAndEnd(channel, channel, Unpooled.EMPTY_BUFFER, grace);
        } else {
            String text = reason.name().toLowerCase(Locale.ROOT);
            Channels.sendAndEnd(channel, channel, new CloseWebSocketFrame(reason.webSocketStatus(), text), grace);
        }
    }
}
