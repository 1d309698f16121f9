package io.webchat.examples.server;

import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/** One device's connection to one node. It keeps what comes, confirms it, and never connects by itself again. */
final class Inbox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;
    private final List<JSONObject> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    private Inbox(String url, Map<String, String> auth) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(new String[] {"websocket"})
                .setAuth(auth)
                .build();
        socket = IO.socket(URI.create(url), options);
        socket.on(Socket.EVENT_CONNECT, args -> outcome.complete("connected"));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> outcome.complete(code(args[0])));
        socket.on("chat", args -> {
            events.add((JSONObject) args[0]);
            if (args[args.length - 1] instanceof Ack confirm) {
                confirm.call();
            }
        });
        socket.connect();
    }

    private static String code(Object error) {
        try {
            return error instanceof JSONObject told ? told.getJSONObject("data").getString("code") : error.toString();
        } catch (JSONException e) {
            return error.toString();
        }
    }

    /** A device that says it has everything up to {@code after}; 0 where it says nothing. */
    static Inbox open(Nodes nodes, int node, String user, String device, long after) throws Exception {
        Map<String, String> auth = new HashMap<>(Map.of("token", nodes.token(user), "device", device));
        if (after > 0) {
            auth.put("after", Long.toString(after));
        }
        Inbox inbox = new Inbox(nodes.url(node), auth);
        String outcome = inbox.outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!outcome.equals("connected")) {
            inbox.close();
            throw new AssertionError(outcome);
        }
        return inbox;
    }

    /** What a node says to this token: {@code connected}, or an error code. */
    static String knock(String url, String token) throws Exception {
        try (Inbox inbox = new Inbox(url, Map.of("token", token))) {
            return inbox.outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Emits an event and waits for its answer. */
    JSONObject ask(JSONObject event) throws Exception {
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        socket.emit("chat", new Object[] {event}, args -> answer.complete((JSONObject) args[0]));
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** What came so far of one type. */
    List<JSONObject> of(String type) {
        return events.stream()
                .filter(each -> each.getString("EvtType").equals(type))
                .toList();
    }

    /** The ids of the messages that came so far. */
    List<String> ids() {
        return of("message").stream().map(each -> each.getString("MsgID")).toList();
    }

    /** Waits until this message has come. */
    Inbox awaitMessage(String id) {
        await().atMost(PATIENCE).until(() -> ids().contains(id));
        return this;
    }

    @Override
    public void close() {
        socket.close();
    }
}
