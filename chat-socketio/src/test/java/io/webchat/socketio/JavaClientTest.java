package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client. */
class JavaClientTest {
    private final List<Socket> sockets = new ArrayList<>();
    private ChatTestServer server;

    @BeforeEach
    void start() {
        server = new ChatTestServer();
    }

    @AfterEach
    void stop() {
        sockets.forEach(Socket::close);
        server.close();
    }

    private Socket socket(String token, String... transports) {
        Socket socket = IO.socket(
                server.http(),
                IO.Options.builder()
                        .setForceNew(true)
                        .setReconnectionDelay(10)
                        .setReconnectionDelayMax(50)
                        .setTransports(transports)
                        .setAuth(Map.of("token", token))
                        .build());
        sockets.add(socket);
        return socket;
    }

    private static JSONObject message(String to, String id, String text) {
        return new JSONObject(Map.of("EvtType", "message", "To", to, "MsgID", id, "Text", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
    void talksOverEveryTransport(String transports) {
        String text = "\u00e9\ud55c\ud83d\ude00";
        Socket bob = socket("token-bob", transports.split(","));
        List<String> texts = new CopyOnWriteArrayList<>();
        bob.on("chat", args -> {
            texts.add(((JSONObject) args[0]).optString("Text"));
            ((Ack) args[1]).call();
        });
        Socket alice = socket("token-alice", transports.split(","));
        Set<String> receipts = ConcurrentHashMap.newKeySet();
        alice.on("chat", args -> receipts.add(((JSONObject) args[0]).optString("MsgID")));
        List<Object> answers = new CopyOnWriteArrayList<>();
        bob.connect();
        alice.connect();

        IntStream.range(0, 100)
                .forEach(i -> alice.emit(
                        "chat", new Object[] {message("bob", "m" + i, i + text)}, answer -> answers.add(answer[0])));

        await().untilAsserted(() ->
                assertThat(answers).hasSize(100).allMatch(answer -> ((JSONObject) answer).optBoolean("ok")));
        await().untilAsserted(() -> assertThat(texts)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> i + text).toList()));
        await().untilAsserted(() -> assertThat(receipts).hasSize(100));
    }

    @Test
    void isToldWhyItIsRefused() {
        Socket eve = socket("wrong", "websocket");
        List<Object> errors = new CopyOnWriteArrayList<>();
        eve.on(Socket.EVENT_CONNECT_ERROR, args -> errors.add(args[0]));

        eve.connect();

        await().untilAsserted(() -> assertThat(errors).hasSize(1));
        JSONObject error = (JSONObject) errors.get(0);
        assertThat(error.optString("message")).isEqualTo("the token is wrong");
        assertThat(error.optJSONObject("data").optString("code")).isEqualTo("unauthorized");
    }

    @Test
    void G4_aReconnectWithAThousandMessagesInFlightLosesNone() {
        Socket bob = socket("token-bob", "websocket");
        List<Transport> transports = new CopyOnWriteArrayList<>();
        bob.io().on(Manager.EVENT_TRANSPORT, args -> transports.add((Transport) args[0]));
        Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        bob.on("chat", args -> {
            JSONObject event = (JSONObject) args[0];
            if (!event.optString("EvtType").equals("message")) {
                // A gap, for instance, since two sessions of this device may overlap: it asks for no answer.
                return;
            }
            seen.add(event.optString("MsgID"));
            ((Ack) args[1]).call();
            if (seen.size() == 100 || seen.size() == 500) {
                // As a network would: the transport breaks, and the client connects again by itself.
                transports.get(transports.size() - 1).close();
            }
        });
        bob.connect();
        Socket alice = socket("token-alice", "websocket");
        List<String> answered = new CopyOnWriteArrayList<>();
        alice.connect();
        await().until(() -> alice.connected() && bob.connected());

        IntStream.range(0, 1000)
                .forEach(i -> alice.emit(
                        "chat",
                        new Object[] {message("bob", "m" + i, "x")},
                        answer -> answered.add(((JSONObject) answer[0]).optString("MsgID"))));

        await().untilAsserted(() -> assertThat(answered).hasSize(1000));
        await().until(() -> seen.size() >= 1000);
        assertThat(snapshot(seen))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(i -> "m" + i).toList());
    }

    /** Iterating needs the lock that adding takes. */
    private static List<String> snapshot(Set<String> seen) {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    @Test
    void comesBackAfterADrainAndStaysAwayWhenReplaced() {
        Socket first = socket("token-bob", "websocket");
        List<String> events = new CopyOnWriteArrayList<>();
        first.on("chat", args -> events.add(((JSONObject) args[0]).optString("EvtType")));
        first.on(Socket.EVENT_DISCONNECT, args -> events.add(String.valueOf(args[0])));
        first.connect();
        await().until(first::connected);

        Socket second = socket("token-bob", "websocket");
        second.connect();

        await().untilAsserted(() -> assertThat(events).containsExactly("replaced", "io server disconnect"));
        await().during(Duration.ofMillis(300)).until(() -> !first.connected() && second.connected());
        List<String> others = new CopyOnWriteArrayList<>();
        second.on(Socket.EVENT_DISCONNECT, args -> others.add(String.valueOf(args[0])));
        server.server.close(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(others).hasSize(1).doesNotContain("io server disconnect"));
        assertThat(second.isActive()).as("wants to come back").isTrue();
    }
}
