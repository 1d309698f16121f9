package io.webchat.socketio.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.PeerFault;
import io.webchat.socketio.testkit.LogLines;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: a peer without a token cannot fill the log. */
class LogFloodTest {
    private static final String UPGRADE = """
            GET /socket.io/?EIO=4&transport=websocket%s HTTP/1.1
            Host: x
            Connection: keep-alive, Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """;

    private TestServer server;
    private LogLines log;

    @BeforeEach
    void start() {
        HttpRoute echo = new HttpRoute(
                "POST",
                "/v1/echo",
                request -> CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", request.body())));
        HttpRoute broken = new HttpRoute("GET", "/v1/broken", request -> {
            throw new IllegalStateException("of course");
        });
        server = TestServer.start(timeouts -> timeouts, List.of(echo, broken));
        log = new LogLines(Level.INFO);
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive, Upgrade|",
                "Connection: keep-alive, Upgrade|Connection: close",
                "Upgrade: websocket|Upgrade: h2c, websocket",
                "Upgrade: websocket|Upgrade: h2c",
                "Key: dGhlIHNhbXBsZSBub25jZQ==|Key: x",
                "Key: dGhlIHNhbXBsZSBub25jZQ==|Other: x",
                "Version: 13|Version: 12",
                "GET|POST",
            })
    void G13_aMalformedUpgradeIsAnsweredAndNotLogged(String change) throws Exception {
        String[] parts = change.split("\\|", -1);
        String session = TestHttp.sid(
                TestHttp.get(server.http("EIO=4&transport=polling")).body());
        for (String sid : List.of("", "&sid=" + session)) {
            try (RawSocket raw = new RawSocket(server.port())) {
                String request = UPGRADE.formatted(sid).replace(parts[0], parts[1]);
                raw.write(request.replaceAll("\n+", "\r\n") + "\r\n");

                assertThat(raw.head()).startsWith("HTTP/1.1 400");
            }
        }
        assertNothingIsLogged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|Ho",
                "POST /v1/echo HTTP/1.1|Host: x|Content-Length: 50||abc",
                "POST /v1/echo HTTP/1.1|Host: x|Transfer-Encoding: chunked||3|abc|",
                "POST /v1/echo HTTP/1.1|Host: x|Expect: 100-continue|Content-Length: 50||",
                "GET /socket.io/?EIO=4&transport=polling HTTP/1.1|Host: x||",
                "\u0016\u0003\u0001",
            })
    void G13_aPeerThatLeavesIsNotLogged(String request) throws Exception {
        leave(request.replace("|", "\r\n"));
        assertNothingIsLogged();
    }

    @Test
    void G13_aPeerThatLeavesAfterAnUpgradeIsNotLogged() throws Exception {
        leave(UPGRADE.formatted("").replace("\n", "\r\n"));
        assertNothingIsLogged();
        await().untilAsserted(() -> assertThat(server.sessionCount()).isZero());
    }

    /** By turns with a reset and with an end of the stream, at once and after the server has read. */
    private void leave(String request) throws Exception {
        for (int i = 0; i < 40; i++) {
            RawSocket raw = new RawSocket(server.port());
            raw.write(request);
            if (i % 4 > 1) {
                TestHttp.get(server.http("EIO=4&transport=none"));
            }
            if (i % 2 == 0) {
                raw.reset();
            } else {
                raw.close();
            }
        }
    }

    @Test
    void G13_malformedFramesAreNotLogged() throws Exception {
        for (int firstByte : new int[] {0x83, 0xC1, 0x80, 0x08}) {
            try (RawSocket raw = new RawSocket(server.port())) {
                raw.webSocket();
                raw.frame(firstByte, new byte[200]);
                assertThat(raw.taken()).isPositive();
            }
        }
        assertNothingIsLogged();
        assertThat(server.faults).contains(PeerFault.CONNECTION);
    }

    /** The fault is the host's, but a stranger may call its route as often as he likes. */
    @Test
    void G13_aBrokenRouteIsLoggedOnceInAWhile() throws Exception {
        for (int i = 0; i < 10; i++) {
            TestHttp.get(server.http("").resolve("/v1/broken"));
        }
        assertThat(log.lines()).singleElement().asString().contains("WARN").contains("failed to answer");
    }

    /** By then all connections have ended but those that the HTTP client keeps, so all failures have been seen. */
    private void assertNothingIsLogged() {
        await().untilAsserted(() -> assertThat(server.server.connectionCount()).isLessThanOrEqualTo(1));
        assertThat(log.lines()).isEmpty();
    }
}
