package io.webchat.socketio.internal.socketio;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.EngineIoSession;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** The server's side of a connection to the default namespace: it sends events and acknowledgements to the client. */
final class NamespaceConnection implements SocketIoConnection {
    /** The states of a connection, in order. A connection never goes back to an earlier one. */
    private enum State {
        ASKED,
        OPEN,
        CLOSING,
        OVER
    }

    private static final String DISCONNECT = "41";

    private final EngineIoSession session;
    private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);

    NamespaceConnection(EngineIoSession session) {
        this.session = session;
    }

    /** Admits the client by sending this packet. */
    void open(String text) {
        // The packet goes first, because other threads may emit as soon as the state is OPEN.
        send(text);
        state.compareAndSet(State.ASKED, State.OPEN);
    }

    /** Sends the reason of a refusal, and disconnects the client. */
    void refuse(ConnectDecision refusal) {
        boolean current = session.version() == ProtocolVersion.V4;
        String message = quoted(refusal.message());
        String error =
                current ? "{\"message\":" + message + ",\"data\":{\"code\":" + quoted(refusal.code()) + "}}" : message;
        state.set(State.CLOSING);
        send("44" + error);
        if (current) {
            session.endAfterGrace(DisconnectReason.REFUSED);
        } else if (refusal.outcome() == ConnectDecision.Outcome.REFUSED) {
            // Clients of Socket.IO 1 and 2 reconnect for ever after an error, but not after a disconnect.
            send(DISCONNECT);
            session.endAfterGrace(DisconnectReason.REFUSED);
        }
        // Otherwise the connect time-out ends the session. Until then the client does not ask again.
    }

    void end() {
        state.set(State.OVER);
    }

    boolean isClosing() {
        return state.get() == State.CLOSING;
    }

    @Override
    public boolean isOpen() {
        return state.get() == State.OPEN;
    }

    @Override
    public void emit(String event, byte[] json, long ackId) {
        String id = ackId == SocketIoConnection.NO_ACK ? "" : Long.toString(ackId);
        frame("42" + id + "[\"" + event + "\",", json);
    }

    @Override
    public void ack(long ackId, byte[] json) {
        frame("43" + ackId + "[", json);
    }

    private void frame(String start, byte[] json) {
        if (!isOpen()) {
            return;
        }
        byte[] first = start.getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[first.length + json.length + 1];
        System.arraycopy(first, 0, text, 0, first.length);
        System.arraycopy(json, 0, text, first.length, json.length);
        text[text.length - 1] = ']';
        session.send(text);
    }

    @Override
    public void authenticated() {
        session.authenticated();
    }

    @Override
    public boolean isWritable() {
        return session.isWritable();
    }

    @Override
    public void disconnect() {
        if (state.compareAndSet(State.OPEN, State.CLOSING)) {
            send(DISCONNECT);
            session.endAfterGrace(DisconnectReason.SERVER);
        }
    }

    @Override
    public void close() {
        session.endWhenSent();
    }

    private void send(String text) {
        session.send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(@org.jspecify.annotations.Nullable String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text == null ? "" : text)) + '"';
    }
}
