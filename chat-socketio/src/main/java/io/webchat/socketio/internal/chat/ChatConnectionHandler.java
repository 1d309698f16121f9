package io.webchat.socketio.internal.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SessionOptions;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventCodec;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.Handshake;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.socketio.ConnectDecision;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.internal.socketio.SocketIoHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat on one Socket.IO connection. It authenticates the client, opens a chat session and sends the client's
 * events.
 *
 * <p>The socket layer makes one call at a time. The monitor is needed because the session may open on any thread. No
 * call under the monitor waits for another monitor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // replies go to the client
public final class ChatConnectionHandler implements SocketIoHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatConnectionHandler.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String JOIN = "join";
    private static final int MAX_WAITING = 64;

    private final ConnectionRegistry registry;
    private final SocketIoConnection connection;
    private final ChatEventEmitter emitter;
    private @Nullable TokenRenewal renewal;
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable UserId user;
    private @Nullable ChatSession session;
    private boolean legacy;
    private boolean closed;

    /** Makes the handler of a new connection. */
    public ChatConnectionHandler(ConnectionRegistry registry, SocketIoConnection connection) {
        this.registry = registry;
        this.connection = connection;
        this.emitter = new ChatEventEmitter(connection);
    }

    @Override
    public synchronized CompletionStage<ConnectDecision> onConnect(Handshake handshake) {
        renewal = new TokenRenewal(registry, handshake.remoteAddress());
        ConnectFields fields;
        try {
            fields = ConnectFields.of(handshake);
        } catch (ChatException e) {
            return CompletableFuture.completedStage(refusal(e));
        }
        String token = fields.token();
        if (token == null) {
            legacy = registry.legacyJoin() && handshake.version() == ProtocolVersion.V3;
            return CompletableFuture.completedStage(
                    legacy
                            ? ConnectDecision.acceptUnauthenticated()
                            : ConnectDecision.refuse(ErrorCode.UNAUTHORIZED.wire(), "a token is required"));
        }
        return registry.authenticate(token, handshake.remoteAddress())
                .thenCompose(known -> open(known, fields.options()))
                .handle((opened, failure) -> failure == null ? ConnectDecision.accept() : refusal(failure));
    }

    private static ConnectDecision refusal(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            return known.code().retryable()
                    ? ConnectDecision.refuseForNow(known.code().wire(), known.detail())
                    : ConnectDecision.refuse(known.code().wire(), known.detail());
        }
        LOG.error("Could not open the session of a client", cause);
        return ConnectDecision.refuseForNow(ErrorCode.INTERNAL.wire(), "the session could not be opened");
    }

    private CompletionStage<ChatSession> open(Principal known, SessionOptions options) {
        return registry.open(known, options, emitter).thenApply(opened -> {
            entered(opened);
            return opened;
        });
    }

    private synchronized void entered(ChatSession opened) {
        user = opened.user();
        session = opened;
        if (closed) {
            registry.close(opened);
            return;
        }
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    @Override
    public synchronized void onConnected() {
        if (session != null) {
            goLive(session);
        }
    }

    private void goLive(ChatSession opened) {
        emitter.open();
        opened.resume();
    }

    @Override
    public synchronized void onEvent(String name, List<byte[]> arguments, long ackId) {
        EventReply reply = new EventReply(connection, ackId, user);
        try {
            if (name.equals(ChatEventEmitter.EVENT)) {
                chat(text(arguments), reply);
            } else if (name.equals(TokenRenewal.EVENT)) {
                renew(text(arguments), reply);
            } else if (name.equals(JOIN) && legacy) {
                join(UserId.of(string(arguments)), reply);
            } else {
                throw new ChatException(ErrorCode.BAD_REQUEST, "unknown event name");
            }
        } catch (ChatException e) {
            refuse(reply, e);
        }
    }

    private void refuse(EventReply reply, ChatException refusal) {
        registry.refused(refusal);
        reply.failed(refusal);
    }

    private void chat(byte[] json, EventReply reply) {
        if (session != null) {
            send(session, json, reply);
        } else if (user == null) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "join first");
        } else if (waiting.size() == MAX_WAITING) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many events while joining");
        } else {
            waiting.add(() -> chat(json, reply));
        }
    }

    private void send(ChatSession by, byte[] json, EventReply reply) {
        try {
            // Only clients of the original server, which enter by join, may send messages without an id.
            ChatEvent event = EventCodec.decodeFromClient(json, by.user(), legacy);
            by.send(event).whenComplete((result, failure) -> reply.done(event, result, failure));
        } catch (ChatException e) {
            refuse(reply, e);
        }
    }

    private void renew(byte[] json, EventReply reply) {
        if (session == null || renewal == null) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "join first");
        }
        renewal.renew(session, json).whenComplete((done, failure) -> {
            if (failure == null) {
                reply.accepted();
            } else {
                reply.failed(failure);
            }
        });
    }

    private void join(UserId asked, EventReply reply) {
        if (user != null) {
            if (!user.equals(asked)) {
                throw new ChatException(ErrorCode.FORBIDDEN, "this connection has joined as another user");
            }
            // A second join has no effect.
            reply.accepted();
            return;
        }
        user = asked;
        open(Principal.of(asked), SessionOptions.of(DeviceId.DEFAULT)).whenComplete((opened, failure) -> {
            if (failure != null) {
                reply.failed(failure);
                connection.close();
            } else if (opened != null) {
                connection.authenticated();
                reply.accepted();
                goLive(opened);
            }
        });
    }

    /** Returns the JSON object of an event. Clients of the original server send it inside a string. */
    private static byte[] text(List<byte[]> arguments) {
        boolean object = !arguments.isEmpty() && arguments.get(0)[0] == '{';
        return object ? arguments.get(0) : utf8(string(arguments));
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the event contains half a surrogate pair", e);
        }
    }

    private static String string(List<byte[]> arguments) {
        try (JsonParser json = JSON.createParser(arguments.isEmpty() ? new byte[] {'0'} : arguments.get(0))) {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new ChatException(ErrorCode.BAD_REQUEST, "the argument has the wrong type");
            }
            return json.getText();
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the argument has the wrong type", e);
        }
    }

    @Override
    public synchronized void onUnsupported(long ackId, String reason) {
        refuse(new EventReply(connection, ackId, user), new ChatException(ErrorCode.BAD_REQUEST, reason));
    }

    @Override
    public synchronized void onAck(long ackId, List<byte[]> arguments) {
        if (session != null) {
            session.confirm(emitter.seqOf(ackId));
        }
    }

    @Override
    public synchronized void onHeartbeat() {
        if (session != null) {
            session.heartbeat();
        }
    }

    @Override
    public synchronized void onWritable() {
        if (session != null) {
            session.resume();
        }
    }

    @Override
    public synchronized void onClose(DisconnectReason reason) {
        closed = true;
        waiting.clear();
        if (session != null) {
            registry.close(session);
        }
    }
}
