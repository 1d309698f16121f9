package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behaviour that Engine.IO's protocol document, version 4, asks of a server; in the order of its test suite. */
class EngineIoV4Test {
    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEBSOCKET = "EIO=4&transport=websocket";

    /** A server without heartbeats and time-outs. */
    private static TestServer server;
    /** A server with frequent heartbeats that waits long for the answers. */
    private static TestServer pinging;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        pinging = TestServer.start(timeouts -> timeouts.withPing(Duration.ofMillis(100), Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        server.close();
        pinging.close();
    }

    @Test
    void opensAPollingSession() throws Exception {
        HttpResponse<String> response = TestHttp.get(server.http(POLLING));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[0-9a-f-]{36}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":60000,\"pingTimeout\":60000,\"maxPayload\":2097152}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, transport=polling, 5",
        "GET, EIO=abc&transport=polling, 5",
        "GET, EIO=2&transport=polling, 5",
        "GET, EIO=3&EIO=4&transport=polling, 5",
        "GET, EIO=4, 0",
        "GET, EIO=4&transport=abc, 0",
        "GET, EIO=4&transport=POLLING, 0",
        "POST, EIO=4&transport=polling, 2",
        "PUT, EIO=4&transport=polling, 2",
        "DELETE, EIO=4&transport=polling, 2",
        "OPTIONS, EIO=4&transport=polling, 2",
        "GET, EIO=4&transport=websocket, 3",
        "GET, EIO=4&transport=polling&j=0, 3",
        "GET, EIO=4&transport=polling&b64=maybe, 3",
        "GET, EIO=4&transport=polling&sid=abc, 1",
        "GET, EIO=4&transport=polling&sid=00000000-0000-0000-0000-000000000000, 1",
        "POST, EIO=4&transport=polling&sid=1-1-1-1-1, 1",
    })
    void refusesImproperRequestsAndKeepsNothingOfThem(String method, String query, int code) throws Exception {
        int before = server.sessionCount();

        HttpResponse<String> response = TestHttp.send(method, server.http(query), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).startsWith("{\"code\":" + code + ",\"message\":\"");
        assertThat(server.sessionCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void opensAWebSocketSession() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));

        assertThat(socket.next()).contains("\"upgrades\":[]").contains("\"maxPayload\":2097152");
    }

    @ParameterizedTest
    @CsvSource({"transport=websocket", "EIO=abc&transport=websocket", "EIO=4", "EIO=4&transport=abc"})
    void refusesImproperWebSockets(String query) {
        assertThatThrownBy(() -> WebSocketClient.open(server.ws(query)))
                .hasMessageContaining("WebSocketHandshakeException");
    }

    @Test
    void takesSeveralPacketsInOnePayload() throws Exception {
        String session = TestHttp.session(server, 4);
        assertThat(post(session, "40").body()).isEqualTo("ok");
        assertThat(poll(session)).startsWith("40{");

        assertThat(post(session, "42[\"message\",1]\u001e42[\"message\",\"2\"]").statusCode())
                .isEqualTo(200);

        assertThat(poll(session)).isEqualTo("42[\"message-back\",1]\u001e42[\"message-back\",\"2\"]");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"abc", "''", "4\u001e4", "3x", "2", "0", "5", "6", "2probe"},
            quoteCharacter = '\'')
    void closesAPollingSessionThatSendsImproperPackets(String payload) throws Exception {
        String session = TestHttp.session(server, 4);

        assertThat(post(session, payload).statusCode()).isEqualTo(400);

        assertThat(TestHttp.get(server.http(session)).body()).contains("\"code\":1");
    }

    @ParameterizedTest
    @CsvSource({"abc", "2", "2probe", "5", "3probe", "9", "4", "47", "4abc"})
    void closesAWebSocketSessionThatSendsImproperPackets(String packet) throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send(packet);

        assertThat(socket.closed()).isEqualTo(1002);
    }

    @Test
    void closesASessionThatPollsTwiceAtOnce() throws Exception {
        String session = TestHttp.session(server, 4);
        CompletableFuture<HttpResponse<String>> first = TestHttp.getAsync(server.http(session));
        await().until(() -> session(session).outbound().poll() != null);

        assertThat(TestHttp.get(server.http(session)).statusCode()).isEqualTo(400);

        assertThat(first.get(30, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(TestHttp.get(server.http(session)).body()).contains("\"code\":1");
    }

    @Test
    void closesASessionWhosePollIsGivenUp() throws Exception {
        String session = TestHttp.session(server, 4);
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> session(session).outbound().poll() != null);
        }

        await().untilAsserted(() ->
                assertThat(TestHttp.get(server.http(session)).body()).contains("\"code\":1"));
    }

    @Test
    void pingsOverPolling() throws Exception {
        String session = TestHttp.session(pinging, 4);
        TestHttp.send("POST", pinging.http(session), "40");
        await().until(() -> TestHttp.get(pinging.http(session)).body().contains("40{"));
        // There may have been a ping among those.
        TestHttp.send("POST", pinging.http(session), "3");
        for (int i = 0; i < 3; i++) {
            assertThat(TestHttp.get(pinging.http(session)).body()).matches("2(\u001e2)*");
            assertThat(TestHttp.send("POST", pinging.http(session), "3").statusCode())
                    .isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(pinging.log).contains("heartbeat"));
    }

    @Test
    void endsAPollingSessionWithoutPongs() throws Exception {
        try (TestServer quick = pingingAndWaiting(Duration.ofMillis(200))) {
            String session = TestHttp.session(quick, 4);

            await().until(() -> quick.sessionCount() == 0);

            assertThat(TestHttp.get(quick.http(session)).body()).contains("\"code\":1");
        }
    }

    @Test
    void pingsOverWebSocketAndEndsWithoutPongs() throws Exception {
        try (TestServer quick = pingingAndWaiting(Duration.ofSeconds(1))) {
            WebSocketClient socket = WebSocketClient.connected(quick);
            for (int i = 0; i < 3; i++) {
                assertThat(socket.next()).isEqualTo("2");
                socket.send("3");
            }

            // The library closes the socket without a close frame, since the client may be gone anyway.
            assertThat(socket.closed()).isIn(1000, 1006);
        }
    }

    private static TestServer pingingAndWaiting(Duration pingTimeout) {
        return TestServer.start(timeouts -> timeouts.withPing(Duration.ofMillis(100), pingTimeout));
    }

    @Test
    void closesWhenTheClientAsksOverPolling() throws Exception {
        String session = TestHttp.session(server, 4);
        CompletableFuture<HttpResponse<String>> waiting = TestHttp.getAsync(server.http(session));
        await().until(() -> session(session).outbound().poll() != null);

        assertThat(post(session, "1").statusCode()).isEqualTo(200);

        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(TestHttp.get(server.http(session)).statusCode()).isEqualTo(400);
    }

    @Test
    void closesWhenTheClientAsksOverWebSocket() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send("1");

        assertThat(socket.closed()).isEqualTo(1000);
    }

    @Test
    void upgradesFromPollingToWebSocket() throws Exception {
        String session = TestHttp.session(server, 4);
        WebSocketClient socket = upgrade(session);
        socket.send("40");
        assertThat(socket.nextMessage()).startsWith("40{");

        socket.send("42[\"message\",\"hello\"]");

        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",\"hello\"]");
        assertThat(TestHttp.get(server.http(session)).statusCode()).isEqualTo(400);
        assertThat(WebSocketClient.open(asWebSocket(session)).closed()).isEqualTo(1008);
        socket.send("42[\"message\",\"still here\"]");
        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",\"still here\"]");
    }

    static WebSocketClient upgrade(String session) throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(asWebSocket(session));
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        await().until(() -> session(session).upgraded());
        return socket;
    }

    private static URI asWebSocket(String session) {
        return server.ws(session.replace("polling", "websocket"));
    }

    private static EngineIoSession session(String query) {
        EngineIoSession found = find(query);
        assertThat(found).isNotNull();
        return found;
    }

    private static @Nullable EngineIoSession find(String query) {
        String sid = query.substring(query.indexOf("sid=") + 4);
        return server.server.session(java.util.UUID.fromString(sid));
    }

    private static String poll(String session) throws Exception {
        return TestHttp.get(server.http(session)).body();
    }

    private static HttpResponse<String> post(String session, String payload) throws Exception {
        return TestHttp.send("POST", server.http(session), payload);
    }
}
