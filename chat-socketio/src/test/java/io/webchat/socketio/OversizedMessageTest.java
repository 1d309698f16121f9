package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.IO;
import io.socket.client.Socket;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G13, G18: a message over a limit is answered or the close says why; resends of a legal outbox always fit. */
class OversizedMessageTest {
    private static final int FRAME = 0x81;

    private ChatTestServer server;

    @BeforeEach
    void start() {
        server = new ChatTestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16_385, 20_000, 130_000, 150_000, 500_000})
    void G13_aTextThatIsTooLongIsAnsweredAndTheConnectionLives(int length) throws Exception {
        WebSocketClient socket = server.connect("alice", "");

        socket.send("421[\"chat\"," + message("m1", "x".repeat(length)) + "]");

        assertThat(socket.nextMessage())
                .startsWith("431[{\"ok\":false")
                .contains("\"Code\":\"too_large\"", "\"Retry\":false");
        socket.send("422[\"chat\"," + message("m2", "x") + "]");
        assertThat(socket.nextMessage()).startsWith("432[{\"ok\":true");
    }

    @ParameterizedTest
    @ValueSource(ints = {16_385, 150_000, 500_000})
    void G13_aTextThatIsTooLongIsAnsweredOverPolling(int length) throws Exception {
        String session = polling(4);

        assertThat(post(session, "421[\"chat\"," + message("m1", "x".repeat(length)) + "]"))
                .isEqualTo(200);

        assertThat(poll(session)).contains("\"Code\":\"too_large\"");
    }

    /** A client that goes on writing must still be able to read the close frame. */
    @ParameterizedTest
    @ValueSource(ints = {3_000_000, 10_000_000})
    void G13_aFrameOverTheLimitIsClosedWith1009ThatTheClientCanRead(int length) throws Exception {
        try (RawSocket raw = connected()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> quietly(raw, length));

            String last = raw.serverFrame();
            while (!last.startsWith("8")) {
                last = raw.serverFrame();
            }
            assertThat(last).startsWith("81009 ").contains("too long");
            writing.join();
            assertThat(raw.isEnded()).isTrue();
        }
    }

    private static void quietly(RawSocket raw, int length) {
        try {
            raw.frame(FRAME, ("421[\"chat\",\"" + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException reset) {
            // The server ends the connection a while after its close frame.
            assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private RawSocket connected() throws IOException {
        RawSocket raw = new RawSocket(server.server.port());
        raw.webSocket();
        raw.text("40{\"token\":\"token-alice\"}");
        assertThat(raw.serverFrame()).startsWith("10{");
        assertThat(raw.serverFrame()).startsWith("140{");
        return raw;
    }

    @Test
    void G13_aStrangerMaySendLittle() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(4, ""));
        socket.next();
        socket.send("40{\"token\":\"" + "x".repeat(100_000) + "\"}");
        assertThat(socket.closed()).isEqualTo(1009);

        String session = "EIO=4&transport=polling";
        session += "&sid=" + TestHttp.sid(TestHttp.get(uri(session)).body());
        assertThat(post(session, "40{\"token\":\"" + "x".repeat(100_000) + "\"}"))
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void G13_anOutboxOfAMegabyteFitsIntoOneBody(int version) throws Exception {
        String session = polling(version);
        String text = "x".repeat(16_000);
        String payload = IntStream.range(0, 64)
                .mapToObj(i -> "42" + i + "[\"chat\"," + message("m" + i, text) + "]")
                .map(packet -> version == 4 ? packet : packet.length() + ":" + packet)
                .collect(Collectors.joining(version == 4 ? "\u001e" : ""));
        assertThat(payload.length()).isGreaterThan(1_000_000);

        assertThat(post(session, payload)).isEqualTo(200);

        StringBuilder answers = new StringBuilder();
        await().untilAsserted(() -> {
            answers.append(poll(session));
            assertThat(answers.toString().split("\"ok\":true", -1)).hasSize(65);
        });
    }

    @Test
    void theJavaClientSendsAWholeOutboxOverPolling() {
        Socket alice = javaClient("polling");
        Set<Integer> answered = Collections.synchronizedSet(new TreeSet<>());
        List<Object> disconnects = new CopyOnWriteArrayList<>();
        alice.on(Socket.EVENT_DISCONNECT, args -> disconnects.add(args[0]));
        alice.connect();
        await().until(alice::connected);

        for (int i = 0; i < 64; i++) {
            int number = i;
            alice.emit("chat", new Object[] {new JSONObject(message("m" + i, "x".repeat(16_000)))}, answer -> {
                assertThat(((JSONObject) answer[0]).optBoolean("ok")).isTrue();
                answered.add(number);
            });
        }

        await().until(() -> answered.size() == 64);
        assertThat(disconnects).isEmpty();
        alice.close();
    }

    @Test
    void theJavaClientIsToldThatItsTextIsTooLong() {
        for (String transport : List.of("websocket", "polling")) {
            Socket alice = javaClient(transport);
            List<JSONObject> answers = new CopyOnWriteArrayList<>();
            alice.connect();
            await().until(alice::connected);

            alice.emit(
                    "chat",
                    new Object[] {new JSONObject(message("m1", "x".repeat(150_000)))},
                    answer -> answers.add((JSONObject) answer[0]));

            await().untilAsserted(() -> assertThat(answers).hasSize(1));
            assertThat(answers.get(0).optString("Code")).isEqualTo("too_large");
            assertThat(alice.connected()).isTrue();
            alice.close();
        }
    }

    private Socket javaClient(String transport) {
        return IO.socket(
                server.http(),
                IO.Options.builder()
                        .setForceNew(true)
                        .setTransports(new String[] {transport})
                        .setAuth(Map.of("token", "token-alice"))
                        .build());
    }

    private String polling(int version) throws Exception {
        String query = "EIO=" + version + "&transport=polling";
        String open = TestHttp.get(uri(query + (version == 3 ? "&token=token-alice" : "")))
                .body();
        String session = query + "&sid=" + TestHttp.sid(open);
        if (version == 4) {
            post(session, "40{\"token\":\"token-alice\"}");
        }
        assertThat(poll(session)).contains("40");
        return session;
    }

    private static String message(String id, String text) {
        return "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"" + id + "\",\"Text\":\"" + text + "\"}";
    }

    private URI uri(String query) {
        return URI.create(server.http() + "/socket.io/?" + query);
    }

    private String poll(String session) throws Exception {
        return TestHttp.get(uri(session)).body();
    }

    private int post(String session, String payload) throws Exception {
        HttpResponse<String> response = TestHttp.send("POST", uri(session), payload);
        return response.statusCode();
    }
}
