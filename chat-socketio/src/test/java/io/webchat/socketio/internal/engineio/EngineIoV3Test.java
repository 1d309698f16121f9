package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 3 with Socket.IO as clients of 1.x and 2.x speak it. */
class EngineIoV3Test {
    private static final String WEBSOCKET = "EIO=3&transport=websocket";
    /** e with an acute accent, a Hangul syllable, an emoji beyond the basic plane. */
    private static final String TEXT = "\u00e9\ud55c\ud83d\ude00";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.log.clear();
    }

    @Test
    void connectsOverPollingWithoutBeingAsked() throws Exception {
        HttpResponse<String> open = TestHttp.get(server.http("EIO=3&transport=polling&b64=1&token=abc"));

        assertThat(open.headers().firstValue("Content-Type")).hasValue("text/plain; charset=UTF-8");
        assertThat(open.body())
                .matches("\\d+:0\\{\"sid\":.*\"upgrades\":\\[\"websocket\"].*")
                .doesNotContain("maxPay");
        String session = "EIO=3&transport=polling&sid=" + TestHttp.sid(open.body());
        assertThat(poll(session)).isEqualTo("2:40");
        assertThat(server.log).containsExactly("connect token=abc");
    }

    @Test
    void connectsOverWebSocketWithoutBeingAsked() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));

        assertThat(socket.next()).startsWith("0{");
        assertThat(socket.next()).isEqualTo("40");
    }

    @Test
    void refusesABadTokenWithAString() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET + "&token=bad"));
        socket.next();

        assertThat(socket.next()).isEqualTo("44\"No such \\\"token\\\".\"");
        // Without the disconnect the client would reconnect for ever.
        assertThat(socket.next()).isEqualTo("41");
        assertThat(socket.closed()).isEqualTo(1008);
    }

    @Test
    void keepsAClientForAWhileThatMayComeBackLater() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET + "&token=later"));
        socket.next();

        assertThat(socket.next()).isEqualTo("44\"Not now.\"");

        // It is closed only by the connect time-out, which this server has set to a minute.
        socket.send("2");
        assertThat(socket.next()).isEqualTo("3");
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void refusesANamespaceWithAString() throws Exception {
        WebSocketClient socket = connected();

        socket.send("40/admin?token=1");

        assertThat(socket.next()).isEqualTo("44/admin,\"Invalid namespace\"");
    }

    /** A signed token is longer than any name of a namespace. */
    @ParameterizedTest
    @ValueSource(ints = {1, 120, 200, 1000, 8000})
    void refusesANamespaceWithATokenOfAnyLength(int length) throws Exception {
        WebSocketClient socket = connected();

        socket.send("40/admin?token=" + "x".repeat(length) + ",");
        assertThat(socket.next()).isEqualTo("44/admin,\"Invalid namespace\"");
        socket.send("42[\"message\",1]");

        assertThat(socket.next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void answersPings() throws Exception {
        WebSocketClient socket = connected();

        socket.send("2");

        assertThat(socket.next()).isEqualTo("3");
        await().untilAsserted(() -> assertThat(server.log).contains("heartbeat"));
    }

    @Test
    void sendsTextRightOverWebSocket() throws Exception {
        WebSocketClient socket = connected();

        socket.send("42[\"message\",\"" + TEXT + "\"]");

        assertThat(socket.next()).isEqualTo("42[\"message-back\",\"" + TEXT + "\"]");
    }

    /** As 2.x sends it: the length counts UTF-16 units, and UTF-8 is on the wire once. */
    @Test
    void defect12TextOfSocketIo2OverPolling() throws Exception {
        String session = polling();
        String packet = "42[\"message\",\"" + TEXT + "\"]";

        assertThat(post(session, (packet.length() + ":" + packet).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(200);

        assertThat(poll(session)).isEqualTo(escaped());
    }

    /** As 1.x sends it: the packet is UTF-8 written out as characters, whose UTF-8 is on the wire. */
    @Test
    void defect12TextOfSocketIo1OverPolling() throws Exception {
        String session = polling();
        String packet = new String(
                ("42[\"message\",\"" + TEXT + "\"]").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(post(session, (packet.length() + ":" + packet).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(200);

        assertThat(poll(session)).isEqualTo(escaped());
    }

    /** As browsers with binary support send it. */
    @Test
    void defect12TextInABinaryFrameOverPolling() throws Exception {
        String session = polling();
        byte[] packet = ("42[\"message\",\"" + TEXT + "\"]").getBytes(StandardCharsets.UTF_8);

        assertThat(post(session, framed(0, packet))).isEqualTo(200);
        assertThat(post(session, framed(1, new byte[] {4, 1, 2, 3}))).isEqualTo(200);

        assertThat(poll(session)).isEqualTo(escaped());
    }

    /** ASCII reads the same to clients that take one layer of UTF-8 off and to those that take two. */
    private static String escaped() {
        String packet = "42[\"message-back\",\"\\u00e9\\ud55c\\ud83d\\ude00\"]";
        return packet.length() + ":" + packet;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40",
                "x:40",
                ":40",
                "3:40",
                "99999999999:40",
                "2:402",
                "0:",
                "2:40-1:3",
                "1:x",
                "5:42abc",
                "1:3",
                "1:5",
                "\u0000x",
            })
    void closesUponImproperPayloads(String payload) throws Exception {
        String session = polling();

        assertThat(post(session, payload.getBytes(StandardCharsets.UTF_8))).isEqualTo(400);

        assertThat(TestHttp.get(server.http(session)).body()).contains("\"code\":1");
    }

    @Test
    void answersPingsOverPollingAndUpgrades() throws Exception {
        String session = polling();
        assertThat(post(session, "1:2".getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
        assertThat(poll(session)).isEqualTo("1:3");

        WebSocketClient socket = WebSocketClient.open(server.ws(session.replace("polling", "websocket")));
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        socket.send("42[\"message\",1]");

        assertThat(socket.next()).isEqualTo("42[\"message-back\",1]");
    }

    private static WebSocketClient connected() throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();
        assertThat(socket.next()).isEqualTo("40");
        return socket;
    }

    private static String polling() throws Exception {
        String session = TestHttp.session(server, 3);
        assertThat(poll(session)).isEqualTo("2:40");
        return session;
    }

    private static byte[] framed(int kind, byte[] packet) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(kind);
        for (char digit : Integer.toString(packet.length).toCharArray()) {
            framed.write(digit - '0');
        }
        framed.write(0xFF);
        framed.writeBytes(packet);
        return framed.toByteArray();
    }

    private static String poll(String session) throws Exception {
        return TestHttp.get(server.http(session)).body();
    }

    private static int post(String session, byte[] payload) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.http(session))
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                .build();
        return TestHttp.CLIENT
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
