package io.webchat.socketio.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.PollingSession;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: more than anybody needs, be it at once or once unpacked. */
@Timeout(120)
class OversizeTest {
    private static final String ECHO = "POST /v1/echo HTTP/1.1\r\nHost: x\r\n";

    private TestServer server;
    private BystanderClient bystander;

    @BeforeEach
    void start() {
        List<HttpRoute> routes = List.of(
                new HttpRoute(
                        "POST",
                        "/v1/echo",
                        request ->
                                CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", request.body()))),
                new HttpRoute("GET", "/v1/never", request -> new CompletableFuture<>()));
        // A refused request may leave the connection open until it is idle for this long.
        server = TestServer.start(timeouts -> timeouts.withHttpIdle(Duration.ofSeconds(1)), routes);
        bystander = BystanderClient.of(server);
    }

    @AfterEach
    void stop() {
        bystander.close();
        server.close();
    }

    static List<Arguments> heads() {
        return List.of(
                arguments(414, "GET /" + "a".repeat(8192) + " HTTP/1.1\r\n\r\n"),
                arguments(414, "GET /?" + "a&".repeat(8192) + " HTTP/1.1\r\n\r\n"),
                arguments(414, "a".repeat(100_000)),
                arguments(431, "GET / HTTP/1.1\r\nA: " + "a".repeat(16_384) + "\r\n\r\n"),
                arguments(431, "GET / HTTP/1.1\r\n" + "a".repeat(16_384) + ": b\r\n\r\n"),
                arguments(431, "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(101) + "\r\n"),
                arguments(431, "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(10_000) + "\r\n"),
                arguments(400, "GET / HTTP/1.1\r\nA: b\r\n" + " c\r\n".repeat(10_000) + "\r\n"),
                arguments(400, ECHO + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "a: b\r\n".repeat(10_000) + "\r\n"),
                arguments(
                        400,
                        ECHO + "Transfer-Encoding: chunked\r\n\r\n1;" + "a".repeat(100_000) + "\r\na\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void G13_longLinesAndHeadersAreRefused(int status, String head) throws Exception {
        assertRefused(head, "HTTP/1.1 " + status);
        bystander.assertServed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: 5, 6",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: 99999999999999999999",
                "Content-Length : 5",
            })
    void G13_malformedAndRepeatedLengthsAreRefused(String length) throws Exception {
        assertRefused(ECHO + length + "\r\n\r\nhello", "HTTP/1.1 400");
        bystander.assertServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFFFFFFFFFFFF", "-1", "zz", "", "5 5"})
    void G13_chunksWithoutASizeAreRefused(String size) throws Exception {
        assertRefused(ECHO + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 4");
        bystander.assertServed();
    }

    @ParameterizedTest
    @CsvSource({"/v1/echo, 70000", "/v1/echo, 5000000000", "'/socket.io/?EIO=4&transport=polling', 5000000000"})
    void G13_bodiesAnnouncedTooLargeAreRefused(String target, long length) throws Exception {
        String head = "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
        assertRefused(head + "a".repeat(70_000), "HTTP/1.1 413");
        bystander.assertServed();
    }

    @Test
    void G13_chunksWithoutEndAreRefused() throws Exception {
        String chunk = "1000\r\n" + "a".repeat(4096) + "\r\n";
        assertRefused(ECHO + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(200), "HTTP/1.1 413");
        bystander.assertServed();
    }

    @Test
    void G13_requestsThatWaitForTheirTurnHoldNoMoreThanOneBody() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /v1/never HTTP/1.1\r\nHost: x\r\n\r\n");
            String large = ECHO + "Content-Length: 60000\r\n\r\n" + "a".repeat(60_000);
            String whole = ECHO + "Content-Length: 500000\r\n\r\n" + "a".repeat(500_000);
            raw.write(large.repeat(2) + whole);

            assertThat(raw.isEnded()).isTrue();
        }
        bystander.assertServed();
    }

    /** A frame of 100 KB that contains 100 MB of zeros. It claims compression, which the handshake did not agree on. */
    @Test
    void G13_compressedFramesEndTheSession() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.webSocket();
            raw.frame(0xC1, bomb());

            await().until(() -> closed(raw));
        }
        bystander.assertServed();
    }

    private static boolean closed(RawSocket raw) throws IOException {
        return raw.hasEndedAfter(new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "gzip, gzip"})
    void G13_compressedBodiesAreNotUnpacked(String coding) throws Exception {
        byte[] bomb = bomb();
        byte[] fits = java.util.Arrays.copyOf(bomb, 60_000);
        assertThat(exchange(ECHO, coding, fits)).contains("content-length: 60000");

        String session = PollingSession.connected(server, 4).query();
        String polling = "POST /socket.io/?" + session + " HTTP/1.1\r\nHost: x\r\n";
        assertThat(exchange(polling, coding, bomb)).startsWith("HTTP/1.1 400");
        bystander.assertServed();
    }

    private String exchange(String start, String coding, byte[] body) throws IOException {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(start + "Content-Encoding: " + coding + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            raw.write(body);
            return raw.head();
        }
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40%s", "40{\"token\":%s}"})
    void G13_deepJsonInAConnectEndsTheSession(String packet) throws Exception {
        for (String deep : deep(5_000)) {
            WebSocketClient socket = WebSocketClient.open(server.ws("EIO=4&transport=websocket"));

            socket.send(packet.formatted(deep));

            assertThat(socket.closed())
                    .as("malformed, or refused by a connect_error")
                    .isIn(1002, 1008);
        }
        bystander.assertServed();
    }

    /** Deep JSON is legal JSON: it is refused by name. */
    @ParameterizedTest
    @ValueSource(strings = {"42[\"message\",%s]", "421[\"message-with-ack\",%s]", "431[%s]"})
    void G13_deepJsonInAnEventIsNotHandled(String packet) throws Exception {
        for (String deep : deep(20_000)) {
            WebSocketClient socket = WebSocketClient.connected(server);

            socket.send(packet.formatted(deep));
            socket.send("422[\"message-with-ack\",\"lives\"]");

            assertThat(socket.nextMessage()).isEqualTo("432[\"lives\"]");
        }
        assertThat(server.log.stream().filter("event message-with-ack"::equals)).hasSize(2);
        bystander.assertServed();
    }

    private static List<String> deep(int levels) {
        return List.of("[".repeat(levels) + "]".repeat(levels), "{\"a\":".repeat(levels) + "1" + "}".repeat(levels));
    }

    /** Fails unless the connection ends. If the client can read an answer before, it must be this one. */
    private void assertRefused(String request, String answer) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            try {
                raw.write(request);
                assertThat(raw.head()).startsWith(answer);
            } catch (java.net.SocketException reset) {
                // It went on writing when the server had closed.
                assertThat(request).hasSizeGreaterThan(16_384);
            }
            await().until(() -> closed(raw));
        }
    }
}
