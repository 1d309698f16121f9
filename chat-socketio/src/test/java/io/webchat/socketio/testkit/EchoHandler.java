package io.webchat.socketio.testkit;

import io.webchat.socketio.internal.engineio.DisconnectReason;
import io.webchat.socketio.internal.engineio.Handshake;
import io.webchat.socketio.internal.socketio.ConnectDecision;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.internal.socketio.SocketIoHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The handler that the official suites expect behind the protocol. It also logs the calls that it receives. */
public class EchoHandler implements SocketIoHandler {
    private final LinkedBlockingQueue<String> log;
    private final SocketIoConnection connection;
    private @Nullable Handshake handshake;
    private volatile String closedOn = "";

    /** Makes the handler of a connection. */
    public EchoHandler(SocketIoConnection connection, LinkedBlockingQueue<String> log) {
        this.connection = connection;
        this.log = log;
    }

    /** Returns the name of the thread that reported the end. */
    public String closedOn() {
        return closedOn;
    }

    /** Returns the connection. */
    public SocketIoConnection connection() {
        return connection;
    }

    @Override
    public CompletionStage<ConnectDecision> onConnect(Handshake by) {
        handshake = by;
        byte[] auth = by.auth();
        String shown = auth == null ? "token=" + by.queryValue("token") : text(auth);
        log.add("connect " + shown);
        return admission(shown);
    }

    CompletionStage<ConnectDecision> admission(String shown) {
        if (shown.contains("later")) {
            return CompletableFuture.completedStage(ConnectDecision.refuseForNow("unavailable", "Not now."));
        }
        if (shown.contains("bad")) {
            return CompletableFuture.completedStage(ConnectDecision.refuse("unauthorized", "No such \"token\"."));
        }
        // Later, from another thread: as a real authenticator would.
        return CompletableFuture.supplyAsync(ConnectDecision::accept);
    }

    @Override
    public void onConnected() {
        byte[] auth = Objects.requireNonNull(handshake).auth();
        if (auth != null && auth.length > 2) {
            connection().emit("auth", auth, SocketIoConnection.NO_ACK);
        }
    }

    @Override
    public void onEvent(String name, List<byte[]> arguments, long ackId) {
        log.add("event " + name);
        byte[] first = arguments.isEmpty() ? "null".getBytes(StandardCharsets.UTF_8) : arguments.get(0);
        switch (name) {
            case "message" -> connection().emit("message-back", first, SocketIoConnection.NO_ACK);
            case "message-with-ack" -> connection().ack(ackId, first);
            case "burst" -> burst(Integer.parseInt(text(first)));
            case "ask" -> connection().emit("question", first, 7);
            case "kick" -> connection().disconnect();
            case "drop" -> connection().close();
            default -> {}
        }
    }

    private void burst(int count) {
        for (int i = 0; i < count; i++) {
            connection().emit("n", Integer.toString(i).getBytes(StandardCharsets.UTF_8), SocketIoConnection.NO_ACK);
        }
    }

    @Override
    public void onUnsupported(long ackId, String reason) {
        log.add("unsupported " + ackId + " " + reason);
    }

    @Override
    public void onAck(long ackId, List<byte[]> arguments) {
        log.add("ack " + ackId + " " + arguments.stream().map(EchoHandler::text).toList());
    }

    @Override
    public void onHeartbeat() {
        log.add("heartbeat");
    }

    @Override
    public void onWritable() {
        log.add("writable");
    }

    @Override
    public void onClose(DisconnectReason reason) {
        closedOn = Thread.currentThread().getName();
        log.add("close " + reason);
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
