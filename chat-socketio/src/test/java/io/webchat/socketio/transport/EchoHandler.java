package io.webchat.socketio.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What the official suites expect of the server behind the protocol, plus a record of what it was told. */
class EchoHandler implements SocketHandler {
    final LinkedBlockingQueue<String> log;
    private final SocketConnection connection;
    private @Nullable Handshake handshake;
    private volatile String closedOn = "";

    EchoHandler(SocketConnection connection, LinkedBlockingQueue<String> log) {
        this.connection = connection;
        this.log = log;
    }

    /** The thread that said it is over. */
    String closedOn() {
        return closedOn;
    }

    SocketConnection connection() {
        return connection;
    }

    @Override
    public CompletionStage<Admission> onConnect(Handshake by) {
        handshake = by;
        byte[] auth = by.auth();
        String shown = auth == null ? "token=" + by.queryValue("token") : text(auth);
        log.add("connect " + shown);
        return admission(shown);
    }

    CompletionStage<Admission> admission(String shown) {
        if (shown.contains("bad")) {
            return CompletableFuture.completedStage(Admission.refuse("unauthorized", "No such \"token\"."));
        }
        // Later, from another thread: as a real authenticator would.
        return CompletableFuture.supplyAsync(Admission::accept);
    }

    @Override
    public void onConnected() {
        byte[] auth = Objects.requireNonNull(handshake).auth();
        if (auth != null && auth.length > 2) {
            connection().emit("auth", auth, SocketConnection.NO_ACK);
        }
    }

    @Override
    public void onEvent(String name, List<byte[]> arguments, long ackId) {
        log.add("event " + name);
        byte[] first = arguments.isEmpty() ? "null".getBytes(StandardCharsets.UTF_8) : arguments.get(0);
        switch (name) {
            case "message" -> connection().emit("message-back", first, SocketConnection.NO_ACK);
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
            connection().emit("n", Integer.toString(i).getBytes(StandardCharsets.UTF_8), SocketConnection.NO_ACK);
        }
    }

    @Override
    public void onBinary(long ackId) {
        log.add("binary " + ackId);
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
    public void onClose(CloseReason reason) {
        closedOn = Thread.currentThread().getName();
        log.add("close " + reason);
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
