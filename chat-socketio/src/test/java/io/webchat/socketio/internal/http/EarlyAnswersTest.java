package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer has a request id, the CORS fields and a body, however early the server gives it. */
class EarlyAnswersTest {
    private static final String FRIEND = "https://friend.example";
    private static final String FIELDS = "Origin: " + FRIEND + "\r\nX-Request-Id: my-id\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpRoute echo = new HttpRoute(
                "*",
                "/v1/echo",
                request -> CompletableFuture.completedStage(HttpResponse.of(
                        200,
                        "text/plain",
                        (request.path() + request.query("q").orElse("")).getBytes(StandardCharsets.UTF_8))));
        server = TestServer.start(timeouts -> timeouts, List.of(echo));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "413 | POST /v1/echo HTTP/1.1;Host: x;Content-Length: 5000000",
                "413 | POST /v1/echo HTTP/1.1;Host: x;Content-Length: 5000000;Expect: 100-continue",
                "413 | POST /socket.io/?EIO=4&transport=polling HTTP/1.1;Host: x;Content-Length: 5000000",
                "414 | GET /LONG HTTP/1.1;Host: x",
                "400 | GET /socket.io/?LONG HTTP/1.1;Host: x",
                "400 | GET /v1/echo HTTP/1.1",
                "400 | GET /v1/echo HTTP/1.1;Host: x;Host: x",
                "400 | GET /v1/echo HTTP/1.1;Host: x;Content-Length: -1",
                "400 | GET v1/echo HTTP/1.1;Host: x",
                "403 | GET /v1/echo HTTP/1.1;Host: foe.example",
                "404 | GET /v1/none HTTP/1.1;Host: x",
                "404 | GET /v1/%2f HTTP/1.1;Host: x",
                "200 | GET /v1/echo HTTP/1.1;Host: x",
                "200 | GET /socket.io/?EIO=4&transport=polling HTTP/1.1;Host: x",
            })
    void anAnswerCarriesItsFieldsAndABody(int status, String request) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            // The fields come first, so that they are known even when a later field is malformed.
            String[] lines = request.replace("LONG", "a".repeat(9000)).split(";", 2);
            raw.write(lines[0] + "\r\n" + FIELDS + (lines.length == 1 ? "" : lines[1].replace(";", "\r\n") + "\r\n")
                    + "\r\n");

            String head = raw.head();
            assertThat(head)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("access-control-allow-origin: " + FRIEND + "\r\n")
                    .contains("vary: origin\r\n")
                    .contains("X-Request-Id: my-id\r\n");
            int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
            assertThat(raw.read(length)).hasSize(length).isNotEmpty();
        }
    }

    @Test
    void aRequestThatIsRefusedWithItsBodyDoesNotSpoilTheNextOne() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("POST /v1/echo HTTP/1.1\r\nHost: foe.example\r\nContent-Length: 5\r\n\r\nGET /"
                    + "GET /v1/echo?q=1 HTTP/1.1\r\nHost: x\r\n\r\n");

            String refused = raw.head();
            assertThat(refused).startsWith("HTTP/1.1 403").contains("connection: keep-alive");
            raw.read(Integer.parseInt(refused.replaceAll("(?is).*content-length: (\\d+).*", "$1")));
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void G13_aFoldedTrailerEndsTheConnection() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            String head = "POST /v1/echo HTTP/1.1|Host: x|Transfer-Encoding: chunked||";
            String next = "GET /v1/echo?q=1 HTTP/1.1|Host: x||";
            raw.write((head + "1|a|0|a: b| c||" + next).replace("|", "\r\n"));

            String refused = raw.head();
            assertThat(refused).startsWith("HTTP/1.1 400").contains("connection: close");
        }
    }

    /** Else the body of a client that does not wait would pass for a request of somebody else. */
    @Test
    void G13_aRefusedExpectationEndsTheConnection() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("POST /v1/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n");
            raw.write("GET /v1/echo?q=smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(raw.head()).startsWith("HTTP/1.1 413").contains("connection: close");
            assertThat(new String(raw.read(1 << 20), StandardCharsets.UTF_8)).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void anExpectationIsMetBeforeTheBodyComes() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("POST /v1/echo?q=1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 100");
            raw.write("ab");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").contains("connection: keep-alive");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://x/v1/echo?q=1, 200",
        "HTTP://X:9092/v1/echo?q=1, 200",
        "https://x/v1/echo?q=1, 200",
        "http://127.0.0.1/v1/echo?q=1, 200",
        "http://foe.example/v1/echo?q=1, 403",
        "http://x?q=1, 404",
        "http://x, 404",
        "http:///v1/echo, 400",
        "http://u:p@x/v1/echo, 400",
        "ftp://x/v1/echo, 400",
        "x/v1/echo, 400",
    })
    void anAbsoluteTargetIsServed(String target, int status) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 " + status);
            if (status == 200) {
                assertThat(raw.read(100)).asString().isEqualTo("/v1/echo1");
            }
        }
    }

    @Test
    void theFirstWebSocketProtocolIsChosen() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n");
            raw.write("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: b, a\r\n");
            raw.write("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 101").contains("sec-websocket-protocol: b\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/chat/v1/echo?q=1, 200",
        "http://x/chat/v1/echo?q=1, 200",
        "/chat/socket.io/?EIO=4&transport=polling, 200",
        "/chat, 308",
        "/chat?q=1, 308",
        "/chat/, 404",
        "/v1/echo, 404",
        "/chatter/v1/echo, 404",
        "/socket.io/?EIO=4&transport=polling, 404",
        "/, 404",
    })
    void aBasePathHoldsEverything(String target, int status) throws Exception {
        HttpRoute echo = new HttpRoute(
                "GET", "/v1/echo", request -> CompletableFuture.completedStage(HttpResponse.json(200, "1")));
        AccessPolicy access = new AccessPolicy(
                new HostPolicy(Set.of("x")),
                new OriginPolicy(Set.of()),
                new TrustedProxies(Set.of()),
                BasePath.of("/chat/"));
        try (TestServer below = TestServer.start(List.of(echo), access);
                RawSocket raw = new RawSocket(below.port())) {
            raw.write("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
            String head = raw.head();
            assertThat(head).startsWith("HTTP/1.1 " + status);
            assertThat(head.contains("location: /chat/\r\n")).isEqualTo(status == 308);
        }
    }
}
