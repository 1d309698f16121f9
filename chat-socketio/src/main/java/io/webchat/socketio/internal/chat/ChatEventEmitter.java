package io.webchat.socketio.internal.chat;

import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.Envelope;
import io.webchat.core.EventKind;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the engine writes to: turns events into Socket.IO's {@code chat} events.
 *
 * <p>A session may emit before its client was told that it is connected; such events wait here, few of them,
 * because the link says that it is not writable. Messages ask for an acknowledgement under an id that is the {@code
 * Seq}, cut to what a client can count: no table of callbacks grows with clients that never answer.
 */
final class ChatEventEmitter implements Connection {
    static final String EVENT = "chat";

    private static final long ACK_IDS = 1L << 31;

    private final SocketIoConnection connection;
    private final Deque<Envelope> early = new ArrayDeque<>();
    private boolean told;
    private volatile long lastMessage;

    ChatEventEmitter(SocketIoConnection connection) {
        this.connection = connection;
    }

    /** The client knows that it is connected: what waited goes first. */
    synchronized void open() {
        told = true;
        while (!early.isEmpty()) {
            send(early.remove());
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
        if (envelope.seq() > 0 && envelope.event().kind() == EventKind.MESSAGE) {
            lastMessage = envelope.seq();
            ackId = envelope.seq() % ACK_IDS;
        }
        connection.emit(EVENT, envelope.json(), ackId);
    }

    /** Returns the {@code Seq} of the message that an acknowledgement is about: the last one emitted with that id. */
    long seqOf(long ackId) {
        long last = lastMessage;
        return last - Math.floorMod(last - ackId, ACK_IDS);
    }

    @Override
    public synchronized boolean isWritable() {
        return told ? connection.isWritable() : early.isEmpty();
    }

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.REPLACED) {
            // Told to go for good: it would take its place back, and two windows would fight.
            connection.disconnect();
        } else {
            connection.close();
        }
    }
}
