package io.webchat.socketio.internal.chat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies to one event of a client.
 *
 * <p>The reply goes to the acknowledgement callback of the event. Without a callback, a failure becomes an event of
 * type {@code failed}, and success is not reported.
 *
 * @param connection the connection of the client
 * @param ackId the id of the callback, or {@link SocketIoConnection#NO_ACK}
 * @param user the user of the client; null if it is not known yet
 */
record EventReply(
        SocketIoConnection connection, long ackId, @Nullable UserId user) {
    private static final Logger LOG = LoggerFactory.getLogger(EventReply.class);
    private static final byte[] ACCEPTED = "{\"ok\":true}".getBytes(StandardCharsets.US_ASCII);

    /** Replies with the result or the failure of the event. */
    void done(ChatEvent event, @Nullable SendResult result, @Nullable Throwable failure) {
        if (result != null) {
            ok(result);
        } else if (failure != null) {
            ChatException visible = visible(failure);
            MessageId id = idOf(event);
            failed(id == null || visible.messageId().isPresent() ? visible : visible.about(id));
        }
    }

    private static @Nullable MessageId idOf(ChatEvent event) {
        if (event instanceof LoggedEvent logged) {
            return logged.id();
        }
        return event instanceof ChatEvent.Receipt receipt ? receipt.id() : null;
    }

    private void ok(SendResult result) {
        if (ackId != SocketIoConnection.NO_ACK) {
            connection.ack(ackId, AckJson.ok(result));
        }
    }

    void accepted() {
        if (ackId != SocketIoConnection.NO_ACK) {
            connection.ack(ackId, ACCEPTED);
        }
    }

    void failed(Throwable failure) {
        ChatException visible = visible(failure);
        if (ackId != SocketIoConnection.NO_ACK) {
            connection.ack(ackId, AckJson.failed(visible));
        } else {
            byte[] event = user == null
                    ? AckJson.failedEvent(visible)
                    : Envelope.passing(Notice.failed(user, visible)).json();
            connection.emit(ChatEventEmitter.EVENT, event, SocketIoConnection.NO_ACK);
        }
    }

    private static ChatException visible(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            return known;
        }
        LOG.warn("An event of a client failed; the client is told that the server failed", cause);
        return new ChatException(ErrorCode.INTERNAL, "the server failed; its log has the details", cause);
    }
}
