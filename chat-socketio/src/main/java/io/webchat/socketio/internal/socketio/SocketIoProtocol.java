package io.webchat.socketio.internal.socketio;

import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.EngineIoMessageHandler;
import io.webchat.socketio.internal.engineio.EngineIoSession;
import io.webchat.socketio.internal.engineio.Handshake;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
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
 * Socket.IO on one Engine.IO session: connect, events, acknowledgements and disconnect.
 *
 * <p>Only the default namespace exists. Before the handler has admitted the client, only CONNECT packets are handled.
 * The session's monitor guards the fields.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the continuation is the end of the line
public final class SocketIoProtocol implements EngineIoMessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SocketIoProtocol.class);
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");
    // A client connects once, and again after it disconnected from the namespace. Each connect costs an authentication.
    private static final int MAX_CONNECTS = 10;

    private final EngineIoSession session;
    private final Function<SocketIoConnection, SocketIoHandler> handlers;
    private @Nullable Handshake handshake;
    private @Nullable SocketIoHandler handler;
    private @Nullable NamespaceConnection connection;
    private int connects;

    /** Makes the protocol of a session whose connections get their handlers from this function. */
    public SocketIoProtocol(
            EngineIoSession session, Function<SocketIoConnection, SocketIoHandler> handlers, Handshake handshake) {
        this.session = session;
        this.handlers = handlers;
        this.handshake = handshake;
    }

    /** Engine.IO 3 clients send no CONNECT packet: opening the session asks for the connection. */
    @Override
    public void onOpen() {
        if (session.version() == ProtocolVersion.V3 && handshake != null) {
            authenticate(handshake);
            // It is not needed again, and may be large.
            handshake = null;
        }
    }

    @Override
    public void onMessage(byte[] text) throws ProtocolViolation {
        SocketIoPacket packet = SocketIoPacketParser.parse(text);
        if (packet.type() == SocketIoPacketType.CONNECT) {
            connect(packet);
        } else if (connection != null && connection.isClosing()) {
            return;
        } else if (!packet.inDefaultNamespace()) {
            throw new ProtocolViolation("not connected to that namespace");
        } else if (handler == null || connection == null || !connection.isOpen()) {
            throw new ProtocolViolation("not connected");
        } else {
            handle(packet, handler);
        }
    }

    private void handle(SocketIoPacket packet, SocketIoHandler to) throws ProtocolViolation {
        switch (packet.type()) {
            case EVENT -> event(packet, to);
            case ACK -> ack(packet, to);
            case DISCONNECT -> {
                onEnd(DisconnectReason.CLIENT);
                session.awaitConnect();
            }
            case BINARY_EVENT, BINARY_ACK -> to.onUnsupported(packet.ackId(), "binary content is not supported");
            default -> throw new ProtocolViolation("a packet type that only servers send");
        }
    }

    private void connect(SocketIoPacket packet) throws ProtocolViolation {
        if (++connects > MAX_CONNECTS) {
            throw new ProtocolViolation("too many connects on one session");
        }
        if (!packet.inDefaultNamespace()) {
            refuseNamespace(packet);
        } else if (session.version() == ProtocolVersion.V4 && handshake != null) {
            if (handler != null) {
                throw new ProtocolViolation("connected already");
            }
            connect(packet, handshake);
        }
    }

    private void connect(SocketIoPacket packet, Handshake request) throws ProtocolViolation {
        try {
            authenticate(request.withAuth(JsonSplitter.object(packet)));
        } catch (UnsupportedPacket e) {
            NamespaceConnection refused = new NamespaceConnection(session);
            connection = refused;
            refused.refuse(ConnectDecision.refuse("bad_request", "auth: " + e.reason()));
        }
    }

    private void refuseNamespace(SocketIoPacket packet) throws ProtocolViolation {
        if (packet.namespace().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw new ProtocolViolation("malformed namespace");
        }
        String error = session.version() == ProtocolVersion.V4
                ? "{\"message\":\"Invalid namespace\"}"
                : "\"Invalid namespace\"";
        session.send(("44" + packet.namespace() + "," + error).getBytes(StandardCharsets.UTF_8));
    }

    private void authenticate(Handshake request) {
        NamespaceConnection opening = new NamespaceConnection(session);
        SocketIoHandler opened = handlers.apply(opening);
        handler = opened;
        connection = opening;
        CompletionStage<ConnectDecision> answer;
        try {
            answer = opened.onConnect(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        // The completing thread may hold locks of the layer above, so it must not take the session's monitor.
        answer.whenComplete((decision, failure) -> session.inOrder(() -> decide(opening, decision, failure)));
    }

    private void decide(NamespaceConnection opening, @Nullable ConnectDecision decision, @Nullable Throwable failure) {
        SocketIoHandler current = handler;
        if (connection != opening || current == null) {
            return;
        }
        if (decision == null) {
            LOG.warn(
                    "The handler failed to decide about a client; refusing it",
                    failure == null ? null : Failures.unwrap(failure));
            opening.refuse(ConnectDecision.refuseForNow("internal", "The server could not authenticate you."));
        } else if (!decision.admitted()) {
            opening.refuse(decision);
        } else {
            if (decision.outcome() == ConnectDecision.Outcome.ACCEPTED) {
                session.authenticated();
            }
            opening.open(session.version() == ProtocolVersion.V4 ? "40{\"sid\":\"" + UUID.randomUUID() + "\"}" : "40");
            current.onConnected();
        }
    }

    private void event(SocketIoPacket packet, SocketIoHandler to) throws ProtocolViolation {
        try {
            List<byte[]> elements = JsonSplitter.array(packet);
            if (elements.isEmpty()) {
                throw new ProtocolViolation("event without a name");
            }
            String name = JsonSplitter.name(elements.get(0));
            if (RESERVED.contains(name)) {
                throw new ProtocolViolation("reserved event name");
            }
            if (elements.size() > JsonSplitter.MAX_ELEMENTS) {
                throw new UnsupportedPacket("an event may have " + (JsonSplitter.MAX_ELEMENTS - 1) + " arguments");
            }
            to.onEvent(name, List.copyOf(elements.subList(1, elements.size())), packet.ackId());
        } catch (UnsupportedPacket e) {
            to.onUnsupported(packet.ackId(), e.reason());
        }
    }

    private void ack(SocketIoPacket packet, SocketIoHandler to) throws ProtocolViolation {
        if (packet.ackId() == SocketIoConnection.NO_ACK) {
            throw new ProtocolViolation("acknowledgement without an id");
        }
        List<byte[]> arguments;
        try {
            arguments = JsonSplitter.array(packet);
        } catch (UnsupportedPacket e) {
            // It acknowledges all the same.
            arguments = List.of();
        }
        to.onAck(packet.ackId(), arguments);
    }

    @Override
    public void onBinary() throws ProtocolViolation {
        if (connection == null || !(connection.isOpen() || connection.isClosing())) {
            throw new ProtocolViolation("not connected");
        }
    }

    @Override
    public void onHeartbeat() {
        if (handler != null && connection != null && connection.isOpen()) {
            handler.onHeartbeat();
        }
    }

    @Override
    public void onWritable() {
        if (handler != null && connection != null && connection.isOpen()) {
            handler.onWritable();
        }
    }

    /** Ends the connection. The session may go on and open another one. */
    @Override
    public void onEnd(DisconnectReason reason) {
        SocketIoHandler ended = handler;
        if (connection != null) {
            connection.end();
        }
        handler = null;
        connection = null;
        if (ended != null) {
            ended.onClose(reason);
        }
    }
}
