package io.webchat.socketio.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Socket.IO conversation on one session: connect, events, acknowledgements, disconnect. Only the default namespace
 * exists. Nothing but CONNECT is looked at before the layer above admitted the client.
 *
 * <p>Guarded by the session's monitor.
 */
final class SocketDialog {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDialog.class);
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "error", "newListener", "removeListener");

    private final Session session;
    private final Function<SocketConnection, SocketHandler> handlers;
    private final Handshake handshake;
    private @Nullable SocketHandler handler;
    private @Nullable SocketLine line;

    SocketDialog(Session session, Function<SocketConnection, SocketHandler> handlers, Handshake handshake) {
        this.session = session;
        this.handlers = handlers;
        this.handshake = handshake;
    }

    /** Engine.IO 3 clients do not ask: being there is asking. */
    void opened() {
        if (session.version() == EngineVersion.V3) {
            authenticate(handshake);
        }
    }

    void packet(byte[] text) throws ProtocolViolation {
        SocketPacket packet = PacketParser.parse(text);
        if (packet.type() == SocketPacketType.CONNECT) {
            connect(packet);
        } else if (line != null && line.isClosing()) {
            return;
        } else if (!packet.inDefaultNamespace()) {
            throw new ProtocolViolation("not connected to that namespace");
        } else if (handler == null || line == null || !line.isOpen()) {
            throw new ProtocolViolation("not connected");
        } else {
            connected(packet, handler);
        }
    }

    private void connected(SocketPacket packet, SocketHandler to) throws ProtocolViolation {
        switch (packet.type()) {
            case EVENT -> event(packet, to);
            case ACK -> ack(packet, to);
            case DISCONNECT -> {
                ended(CloseReason.CLIENT);
                session.awaitConnect();
            }
            case BINARY_EVENT, BINARY_ACK -> to.onBinary(packet.ackId());
            default -> throw new ProtocolViolation("a packet type of servers only");
        }
    }

    private void connect(SocketPacket packet) throws ProtocolViolation {
        if (!packet.inDefaultNamespace()) {
            refuseNamespace(packet);
        } else if (session.version() == EngineVersion.V4) {
            if (handler != null) {
                throw new ProtocolViolation("connected already");
            }
            authenticate(handshake.withAuth(JsonSlices.object(packet)));
        }
    }

    private void refuseNamespace(SocketPacket packet) throws ProtocolViolation {
        if (packet.namespace().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw new ProtocolViolation("malformed namespace");
        }
        String error =
                session.version() == EngineVersion.V4 ? "{\"message\":\"Invalid namespace\"}" : "\"Invalid namespace\"";
        session.outbox().send(("44" + packet.namespace() + "," + error).getBytes(StandardCharsets.UTF_8));
    }

    private void authenticate(Handshake by) {
        SocketLine opening = new SocketLine(session);
        SocketHandler asked = handlers.apply(opening);
        handler = asked;
        line = opening;
        CompletionStage<Admission> answer;
        try {
            answer = asked.onConnect(by);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        // Not on the completing thread: it may hold locks of the layer above.
        Stages.whenDone(answer, (admission, failure) -> session.inOrder(() -> answered(opening, admission, failure)));
    }

    private void answered(SocketLine opening, @Nullable Admission admission, @Nullable Throwable failure) {
        SocketHandler asked = handler;
        if (line != opening || asked == null) {
            return;
        }
        if (admission == null) {
            LOG.warn("A client could not be authenticated", failure);
            opening.refuse(Admission.refuse("internal", "The server could not authenticate you."));
        } else if (!admission.admitted()) {
            opening.refuse(admission);
        } else {
            opening.open(session.version() == EngineVersion.V4 ? "40{\"sid\":\"" + UUID.randomUUID() + "\"}" : "40");
            if (admission.authenticated()) {
                session.authenticated();
            }
            asked.onConnected();
        }
    }

    private void event(SocketPacket packet, SocketHandler to) throws ProtocolViolation {
        List<byte[]> elements = JsonSlices.array(packet);
        if (elements.isEmpty()) {
            throw new ProtocolViolation("event without a name");
        }
        String name = JsonSlices.string(elements.get(0));
        if (RESERVED.contains(name)) {
            throw new ProtocolViolation("reserved event name");
        }
        to.onEvent(name, List.copyOf(elements.subList(1, elements.size())), packet.ackId());
    }

    private void ack(SocketPacket packet, SocketHandler to) throws ProtocolViolation {
        if (packet.ackId() == SocketConnection.NO_ACK) {
            throw new ProtocolViolation("acknowledgement without an id");
        }
        to.onAck(packet.ackId(), JsonSlices.array(packet));
    }

    void binaryContent() throws ProtocolViolation {
        if (line == null || !(line.isOpen() || line.isClosing())) {
            throw new ProtocolViolation("not connected");
        }
    }

    void heartbeat() {
        if (handler != null && line != null && line.isOpen()) {
            handler.onHeartbeat();
        }
    }

    void writable() {
        if (handler != null && line != null && line.isOpen()) {
            handler.onWritable();
        }
    }

    /** Ends the conversation; the session may go on and begin another. */
    void ended(CloseReason reason) {
        SocketHandler told = handler;
        if (line != null) {
            line.end();
        }
        handler = null;
        line = null;
        if (told != null) {
            told.onClose(reason);
        }
    }
}
