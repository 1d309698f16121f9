package io.webchat.examples.hosts;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;

/** A real Socket.IO client that confirms what it gets. */
public final class Client implements AutoCloseable {
    private final Socket socket;
    private final List<JSONObject> events = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    /** Connects with this token. */
    public Client(int port, String token) {
        socket = IO.socket(
                URI.create("http://localhost:" + port),
                IO.Options.builder()
                        .setForceNew(true)
                        .setReconnection(false)
                        .setAuth(Map.of("token", token))
                        .build());
        socket.on("chat", args -> {
            events.add((JSONObject) args[0]);
            if (args[args.length - 1] instanceof Ack confirm) {
                confirm.call();
            }
        });
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                args -> refusals.add(((JSONObject) args[0])
                        .optJSONObject("data", new JSONObject())
                        .optString("code")));
        socket.connect();
    }

    /** Whether it is connected. */
    public boolean connected() {
        return socket.connected();
    }

    /** Sends a text; completes with the answer. */
    public CompletableFuture<JSONObject> send(String to, String id, String text) {
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        JSONObject message = new JSONObject(Map.of("EvtType", "message", "To", to, "MsgID", id, "Text", text));
        socket.emit("chat", new Object[] {message}, args -> answer.complete((JSONObject) args[0]));
        return answer;
    }

    /** The texts of the messages from this user. */
    public List<String> textsOf(String user) {
        return events.stream()
                .filter(event -> event.optString("From").equals(user)
                        && event.optString("EvtType").equals("message"))
                .map(event -> event.optString("Text"))
                .toList();
    }

    /** Whether an event of this type has arrived. */
    public boolean heard(String type) {
        return events.stream().anyMatch(event -> event.optString("EvtType").equals(type));
    }

    /** The codes with which connections were refused. */
    public List<String> refusals() {
        return refusals;
    }

    @Override
    public void close() {
        socket.close();
    }
}
