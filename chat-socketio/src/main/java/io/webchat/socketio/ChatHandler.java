package io.webchat.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.DeviceId;
import io.webchat.core.ErrorCode;
import io.webchat.core.EventCodec;
import io.webchat.core.UserId;
import io.webchat.socketio.transport.Admission;
import io.webchat.socketio.transport.CloseReason;
import io.webchat.socketio.transport.EngineVersion;
import io.webchat.socketio.transport.Handshake;
import io.webchat.socketio.transport.SocketConnection;
import io.webchat.socketio.transport.SocketHandler;
import io.webchat.socketio.transport.Stages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat on one Socket.IO connection: who it is, what it sends, and what it is answered.
 *
 * <p>The socket layer's calls come one at a time; the session may open on any thread, hence the monitor. Nothing
 * that is called under it waits for another one.
 */
final class ChatHandler implements SocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String JOIN = "join";
    private static final int MAX_WAITING = 64;

    private final ChatGate gate;
    private final SocketConnection connection;
    private final ChatLink link;
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable UserId user;
    private @Nullable ChatSession session;
    private boolean legacy;
    private boolean closed;

    ChatHandler(ChatGate gate, SocketConnection connection) {
        this.gate = gate;
        this.connection = connection;
        this.link = new ChatLink(connection);
    }

    @Override
    public synchronized CompletionStage<Admission> onConnect(Handshake handshake) {
        ConnectFields fields;
        try {
            fields = ConnectFields.of(handshake);
        } catch (ChatException e) {
            return CompletableFuture.completedStage(refusal(e));
        }
        if (fields.token() == null) {
            legacy = gate.legacyJoin() && handshake.version() == EngineVersion.V3;
            return CompletableFuture.completedStage(
                    legacy
                            ? Admission.acceptUnauthenticated()
                            : Admission.refuse(ErrorCode.UNAUTHORIZED.wire(), "a token is needed"));
        }
        return CompletableFuture.completedStage(fields.token())
                .thenCompose(gate::authenticate)
                .thenCompose(known -> open(known, fields.device(), fields.after()))
                .handle((opened, failure) -> failure == null ? Admission.accept() : refusal(failure));
    }

    private static Admission refusal(Throwable failure) {
        Throwable cause = Stages.unwrap(failure);
        if (cause instanceof ChatException known) {
            return Admission.refuse(known.code().wire(), known.detail());
        }
        // An authenticator may fail with anything, and whatever it is, the client is not let in.
        LOG.info("A client was refused", cause);
        return Admission.refuse(ErrorCode.UNAUTHORIZED.wire(), "the token was refused");
    }

    private CompletionStage<ChatSession> open(UserId known, DeviceId device, long after) {
        return gate.open(known, device, after, link).thenApply(opened -> {
            entered(opened);
            return opened;
        });
    }

    private synchronized void entered(ChatSession opened) {
        user = opened.user();
        session = opened;
        if (closed) {
            gate.leave(opened);
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
        link.open();
        opened.resume();
    }

    @Override
    public synchronized void onEvent(String name, List<byte[]> arguments, long ackId) {
        ChatAnswer answer = new ChatAnswer(connection, ackId, user);
        try {
            if (name.equals(ChatLink.EVENT)) {
                chat(text(arguments), answer);
            } else if (name.equals(JOIN) && legacy) {
                join(UserId.of(string(arguments)), answer);
            } else {
                throw new ChatException(ErrorCode.BAD_REQUEST, "there is no event of this name");
            }
        } catch (ChatException e) {
            answer.failed(e);
        }
    }

    private void chat(byte[] json, ChatAnswer answer) {
        if (session != null) {
            send(session, json, answer);
        } else if (user == null) {
            throw new ChatException(ErrorCode.UNAUTHORIZED, "join first");
        } else if (waiting.size() == MAX_WAITING) {
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many events while joining");
        } else {
            waiting.add(() -> chat(json, answer));
        }
    }

    private void send(ChatSession by, byte[] json, ChatAnswer answer) {
        try {
            // Clients of the original name no message; only they are told from others by how they came in.
            ChatEvent event = EventCodec.decodeFromClient(json, by.user(), legacy);
            Stages.whenDone(by.send(event), (result, failure) -> answer.done(event, result, failure));
        } catch (ChatException e) {
            answer.failed(e);
        }
    }

    private void join(UserId asked, ChatAnswer answer) {
        if (user != null) {
            if (!user.equals(asked)) {
                throw new ChatException(ErrorCode.FORBIDDEN, "joined as another user already");
            }
            // Joining twice changes nothing: not the subscription, not what is delivered.
            answer.joined();
            return;
        }
        user = asked;
        Stages.whenDone(open(asked, DeviceId.DEFAULT, 0), (opened, failure) -> {
            if (failure != null) {
                answer.failed(failure);
                connection.close();
            } else if (opened != null) {
                connection.authenticated();
                answer.joined();
                goLive(opened);
            }
        });
    }

    /** The client's JSON object: sent as such, or, as the original does, as a string that holds it. */
    private static byte[] text(List<byte[]> arguments) {
        boolean object = !arguments.isEmpty() && arguments.get(0)[0] == '{';
        return object ? arguments.get(0) : string(arguments).getBytes(StandardCharsets.UTF_8);
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
    public synchronized void onBinary(long ackId) {
        new ChatAnswer(connection, ackId, user)
                .failed(new ChatException(ErrorCode.BAD_REQUEST, "binary content is not taken"));
    }

    @Override
    public synchronized void onAck(long ackId, List<byte[]> arguments) {
        if (session != null) {
            session.confirm(link.seqOf(ackId));
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
    public synchronized void onClose(CloseReason reason) {
        closed = true;
        waiting.clear();
        if (session != null) {
            gate.leave(session);
        }
    }
}
