package io.webchat.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The last words of a session on each of its channels. */
@SuppressWarnings("FutureReturnValueIgnored") // whatever fails here, the timer closes
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
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput(channel));
        } else {
            String text = reason.name().toLowerCase(Locale.ROOT);
            Channels.sendAndClose(channel, new CloseWebSocketFrame(reason.webSocketStatus(), text));
        }
        // A socket that takes nothing never finishes that write, and a client may leave its half open.
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().schedule(() -> Channels.close(channel), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Closing outright while unread input is left would reset the connection, and what was sent last would be lost. */
    private static void endOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        } else {
            Channels.close(channel);
        }
    }
}
