package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The defects of the library that this server once used, numbered as in ADR 3, do not occur in it. Defects 6, 7,
 * 10, 12 and 17 have their tests among the protocol tests, 9 in {@code OriginTest}, 13 in {@link BackpressureTest},
 * 15 in {@link UpgradeTest}.
 */
@Isolated("counts the buffers of the whole JVM")
class LibraryDefectsTest {
    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEBSOCKET = "EIO=4&transport=websocket";

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"message\",1]", "421[\"message-with-ack\",1]", "43[1]", "451-[\"x\"]"})
    void defect1NothingIsProcessedBeforeConnect(String packet) throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send(packet);

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(server.log).isEmpty();
    }

    @Test
    @Timeout(20)
    void defect2ManyDigitsTakeNoTime() throws Exception {
        WebSocketClient other = WebSocketClient.connected(server);
        for (String start : List.of("42", "43", "45", "4", "")) {
            WebSocketClient socket = WebSocketClient.connected(server);
            socket.send(start + "9".repeat(140_000));
            assertThat(socket.closed()).isEqualTo(1002);
        }

        other.send("42[\"message\",1]");

        assertThat(other.next()).isEqualTo("42[\"message-back\",1]");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void defect3FiveHundredQueuedPacketsArriveOverPolling(int version) throws Exception {
        String session = polling(version);
        post(session, version == 4 ? "42[\"burst\",500]" : "15:42[\"burst\",500]");

        List<String> received = new ArrayList<>();
        while (received.size() < 500) {
            received.addAll(packets(poll(session).body(), version));
        }

        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .mapToObj(i -> "42[\"n\"," + i + "]")
                        .toList());
    }

    private static List<String> packets(String payload, int version) {
        if (version == 4) {
            return List.of(payload.split("\u001e"));
        }
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < payload.length()) {
            int colon = payload.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(payload.substring(at, colon));
            packets.add(payload.substring(colon + 1, end));
            at = end;
        }
        return packets;
    }

    @Test
    void defect4PollingKeepsItsConnection() throws Exception {
        String session = polling(4);
        try (RawSocket raw = new RawSocket(server.port())) {
            for (int i = 0; i < 3; i++) {
                raw.write("POST /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n"
                        + "42[\"message\",1]");
                assertThat(raw.head()).contains("200 OK").doesNotContain("onnection: close");
                raw.read(2);
                raw.write("GET /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(raw.head()).contains("content-length: 20\r\n");
                raw.read(20);
            }
            raw.write("GET /socket.io/?" + POLLING + " HTTP/1.0\r\n\r\n");
            assertThat(raw.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("keep-alive");
        }
    }

    /** As behind a proxy, which sends requests of many clients over one connection. */
    @Test
    void defect4AKeptAliveConnectionDoesNotMixSessions() throws Exception {
        String one = polling(4);
        String two = polling(4);
        SocketIoConnection toOne = server.handlers.element().connection();
        try (RawSocket raw = new RawSocket(server.port())) {
            post(one, "42[\"message\",\"one\"]");
            raw.write("GET /socket.io/?" + one + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(body(raw)).contains("one");
            raw.write("GET /socket.io/?" + two + " HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> server.sessionCount() == 2);

            toOne.emit("secret", "1".getBytes(StandardCharsets.UTF_8), SocketIoConnection.NO_ACK);
            post(two, "42[\"message\",\"two\"]");

            assertThat(body(raw)).isEqualTo("42[\"message-back\",\"two\"]");
            assertThat(poll(one).body()).isEqualTo("42[\"secret\",1]");
        }
    }

    private static String body(RawSocket raw) throws Exception {
        String length = raw.head().replaceAll("(?s).*content-length: (\\d+).*", "$1");
        return new String(raw.read(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    @Test
    void defect5RefusedPayloadsLeakNoBuffer() throws Exception {
        WebSocketClient warm = WebSocketClient.connected(server);
        warm.send("42[\"message\",1]");
        warm.next();
        long before = activeBuffers();

        for (int i = 0; i < 300; i++) {
            String session = polling(4);
            assertThat(post(session, "42[\"x\",\u001e1]\u001e42[\"y\"]").statusCode())
                    .isEqualTo(400);
        }

        await().untilAsserted(() -> assertThat(activeBuffers()).isLessThan(before + 150));
    }

    private static long activeBuffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    @Test
    void defect8ACookieDoesNotChooseTheSession() throws Exception {
        String wanted = "11111111-1111-1111-1111-111111111111";
        HttpRequest request = TestHttp.request("GET", server.http(POLLING), "")
                .header("Cookie", "io=" + wanted)
                .build();

        HttpResponse<String> response = TestHttp.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).doesNotContain(wanted);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void defect8ASecondWebSocketIsRefusedWhileTheFirstProbes() throws Exception {
        String session = polling(4);
        WebSocketClient first = WebSocketClient.open(server.ws(session.replace("polling", "websocket")));
        first.send("2probe");
        first.next();

        WebSocketClient second = WebSocketClient.open(server.ws(session.replace("polling", "websocket")));
        assertThat(second.closed()).isEqualTo(1008);

        first.send("5");
        first.send("42[\"message\",1]");
        assertThat(first.next()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void defect11WebSocketPingsAreAnswered() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.sendPing("hello");

        assertThat(socket.pongs.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    @Test
    void defect11NoCompressionIsAgreedOn() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /socket.io/?" + WEBSOCKET + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

            assertThat(raw.head()).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");

            raw.frame(0xC1, "40".getBytes(StandardCharsets.UTF_8));
            await().until(() -> server.sessionCount() == 0);
        }
    }

    @Test
    void defect12TextOverPollingAndWebSocket() throws Exception {
        String text = "\u00e9\ud55c\ud83d\ude00";
        String session = polling(4);
        post(session, "42[\"message\",\"" + text + "\"]");
        assertThat(poll(session).body()).isEqualTo("42[\"message-back\",\"" + text + "\"]");

        WebSocketClient socket = WebSocketClient.connected(server);
        socket.send("42[\"message\",\"" + text + "\"]");
        assertThat(socket.next()).isEqualTo("42[\"message-back\",\"" + text + "\"]");
    }

    @Test
    void defect14APingTimeoutIsNotToldOnTheTimerThread() throws Exception {
        try (TestServer quick =
                TestServer.start(timeouts -> timeouts.withPing(Duration.ofMillis(300), Duration.ofMillis(200)))) {
            WebSocketClient socket = WebSocketClient.connected(quick);
            socket.closed();
            await().untilAsserted(() -> assertThat(quick.log).contains("close PING_TIMEOUT"));

            assertThat(quick.handlers.element().closedOn()).startsWith("webchat-io");
        }
    }

    @Test
    @Timeout(120)
    void defect16StopsQuicklyAndFreesItsPort() throws Exception {
        List<Duration> times = new ArrayList<>();
        do {
            times.add(stopTime());
        } while (!isQuick(times.get(times.size() - 1)) && times.size() < 10);

        // That library took at least 4 s. A busy machine may delay some of our attempts, but not all of them.
        assertThat(times).anyMatch(LibraryDefectsTest::isQuick);
    }

    private static boolean isQuick(Duration time) {
        return time.compareTo(Duration.ofMillis(1500)) < 0;
    }

    /** Stops a server with a client, starts another one on the same port, and returns the time of the stop. */
    private static Duration stopTime() throws Exception {
        TestServer stopped = TestServer.start();
        int port = stopped.port();
        WebSocketClient socket = WebSocketClient.connected(stopped);
        long start = System.nanoTime();
        stopped.close();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        assertThat(socket.closed()).isEqualTo(1006);
        try (TestServer next = TestServer.startOn(port)) {
            assertThat(next.port()).isEqualTo(port);
        }
        return time;
    }

    @Test
    void defect16ADrainingServerTakesNoNewSessionsAndGoesOnWithTheOthers() throws Exception {
        String session = polling(4);
        try (RawSocket open = new RawSocket(server.port())) {
            open.write("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
            body(open);
            server.server.stopAccepting();

            open.write("GET /socket.io/?" + POLLING + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(open.head()).startsWith("HTTP/1.1 503");
            open.read("{\"code\":3,\"message\":\"Shutting down\"}".length());
            open.write("POST /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n"
                    + "42[\"message\",1]");
            assertThat(body(open)).isEqualTo("ok");
            open.write("GET /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(body(open)).isEqualTo("42[\"message-back\",1]");
        }
    }

    @Test
    void defect18OversizedPostsAreAnswered() throws Exception {
        String session = polling(4);

        assertThat(post(session, "4".repeat(2_100_000)).statusCode()).isEqualTo(413);
        assertThat(post(session, "4".repeat(4_000_000)).statusCode()).isEqualTo(413);

        post(session, "42[\"message\",\"" + "x".repeat(100_000) + "\"]");
        assertThat(poll(session).body()).hasSizeGreaterThan(100_000);
    }

    @Test
    void defect18OversizedMessagesAreAnswered() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42[\"message\",\"" + "x".repeat(600_000) + "\"]");

        assertThat(socket.closed()).isEqualTo(1009);
    }

    private String polling(int version) throws Exception {
        String session = TestHttp.session(server, version);
        if (version == 4) {
            post(session, "40");
        }
        assertThat(poll(session).body()).contains("40");
        return session;
    }

    private HttpResponse<String> poll(String session) throws Exception {
        return TestHttp.get(server.http(session));
    }

    private HttpResponse<String> post(String session, String payload) throws Exception {
        return TestHttp.send("POST", server.http(session), payload);
    }
}
