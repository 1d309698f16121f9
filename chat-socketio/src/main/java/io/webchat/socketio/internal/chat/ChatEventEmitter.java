package io.webchat.socketio.internal.chat;

import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Emits the events of a chat session to its client, as Socket.IO events named {@code chat}.
 *
 * <p>A session may emit, and even end, before its client was told that it is connected. Those events, and the end, wait
 * here. The events are few, because this connection is not writable meanwhile.
 *
 * <p>A message or an amendment asks for an acknowledgement. The acknowledgement id is the {@code Seq}, reduced to 31
 * bits. Hence there is no table of callbacks, which would grow with clients that never acknowledge.
 */
final class ChatEventEmitter implements Connection {
    static final String EVENT = "chat";

    private static final long ACK_IDS = 1L << 31;

    private final SocketIoConnection connection;
    private final Deque<Envelope> early = new ArrayDeque<>();
    private boolean told;
    /** Why the session ended before the client was told that it is connected. */
    private @Nullable CloseReason endedEarly;

    private volatile long lastMessage;

    ChatEventEmitter(SocketIoConnection connection) {
        this.connection = connection;
    }

    /** The client was told that it is connected: emits the waiting events first. */
    synchronized void open() {
        told = true;
        while (!early.isEmpty()) {
            send(early.remove());
        }
        if (endedEarly != null) {
            end(endedEarly);
        }
    }

    @Override
    public synchronized void emit(ChatSession session, Envelope envelope) {
        if (told) {
            send(envelope);
        } else {
            early.add(envelope);
        }
    }

    private void send(Envelope envelope) {
        long ackId = SocketIoConnection.NO_ACK;
        if (envelope.seq() > 0 && envelope.event() instanceof LoggedEvent) {
            lastMessage = envelope.seq();
            ackId = envelope.seq() % ACK_IDS;
        }
        connection.emit(EVENT, envelope.json(), ackId);
    }

    /** Returns the {@code Seq} of the message that was last emitted with this acknowledgement id. */
    long seqOf(long ackId) {
        long last = lastMessage;
        return last - Math.floorMod(last - ackId, ACK_IDS);
    }

    @Override
    public synchronized boolean isWritable() {
        return told ? connection.isWritable() : early.isEmpty();
    }

    @Override
    public synchronized void close(CloseReason reason) {
        if (told) {
            end(reason);
        } else {
            endedEarly = reason;
        }
    }

    private void end(CloseReason reason) {
        if (reason == CloseReason.REPLACED || reason == CloseReason.DISCONNECTED || reason == CloseReason.EXPIRED) {
            // The client must not reconnect by itself: two windows of the same device would replace each other for
            // ever, and a client that the application disconnected must sign in again.
            connection.disconnect();
        } else {
            connection.close();
        }
    }
}
