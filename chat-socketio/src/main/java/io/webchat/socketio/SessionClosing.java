package io.webchat.socketio;

import com.corundumstudio.socketio.Transport;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The last words of a session on each of its channels. */
@SuppressWarnings("FutureReturnValueIgnored") // a timer that nobody cancels
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
            Channels.send(
                    poll, new com.corundumstudio.socketio.messages.OutPacketMessage(session.head(), Transport.POLLING));
        }
    }

    private void closeWebSocket(Channel channel) {
        if (!channel.isActive() || reason == CloseReason.SLOW) {
            Channels.close(channel);
            return;
        }
        Channels.sendAndClose(channel, new CloseWebSocketFrame(reason.webSocketStatus(), text()));
        // A socket that takes nothing never finishes that write.
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().schedule(() -> Channels.close(channel), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private @Nullable String text() {
        return reason.name().toLowerCase(java.util.Locale.ROOT);
    }
}
