package io.webchat.socketio.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G13: slow-loris. Many clients begin something and go on with it as slowly as they like. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SlowClientsTest {
    private static final int CROWD = 50;
    private static final Duration IN_TIME = Duration.ofSeconds(2);

    private final List<RawSocket> crowd = new ArrayList<>();
    private TestServer server;
    private BystanderClient bystander;

    @BeforeEach
    void start() {
        TransportTimeouts timeouts = new TransportTimeouts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                IN_TIME,
                IN_TIME,
                IN_TIME,
                IN_TIME,
                IN_TIME,
                Duration.ofMinutes(1));
        HttpRoute echo = new HttpRoute(
                "POST",
                "/v1/echo",
                request -> CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", request.body())));
        server = TestServer.start(standard -> timeouts, List.of(echo));
        bystander = BystanderClient.of(server);
    }

    @AfterEach
    void stop() throws Exception {
        bystander.close();
        for (RawSocket each : crowd) {
            each.close();
        }
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "request line,      GET /, a",
        "header,            GET / HTTP/1.1|Host: x|A: , a",
        "headers,           GET / HTTP/1.1|, 'b:c|'",
        "body of a route,   POST /v1/echo HTTP/1.1|Host: x|Content-Length: 50000||, a",
        "chunks,            POST /v1/echo HTTP/1.1|Host: x|Transfer-Encoding: chunked||, 1|a|",
        "end of chunks,     POST /v1/echo HTTP/1.1|Host: x|Transfer-Encoding: chunked||0|, 'b:c|'",
        "body of polling,   'POST /socket.io/?EIO=4&transport=polling HTTP/1.1|Host: x|Content-Length: 50000||', 4",
        "body once allowed, POST /v1/echo HTTP/1.1|Host: x|Expect: 100-continue|Content-Length: 50000||, a",
        "second request,    GET /none HTTP/1.1|Host: x||GET /none HTTP/1.1|, 'b:c|'",
    })
    void G13_requestsThatDoNotArriveInFullAreGivenUp(String what, String begin, String more) throws Exception {
        for (int i = 0; i < CROWD; i++) {
            RawSocket raw = raw();
            raw.write(begin.replace("|", "\r\n"));
        }

        assertAllEndWhileSending(more.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void G13_webSocketsWhoseFrameDoesNotEndAreClosed() throws Exception {
        for (int i = 0; i < CROWD; i++) {
            RawSocket raw = connected();
            // A masked text frame of 16 384 bytes, of which the head alone comes.
            raw.write(new byte[] {(byte) 0x81, (byte) (0x80 | 126), 0x40, 0, 0, 0, 0, 0});
        }

        assertAllEndWhileSending(new byte[] {'4'});
        await().untilAsserted(() -> assertThat(server.log.stream().filter("close PING_TIMEOUT"::equals))
                .hasSize(CROWD));
    }

    @Test
    void G13_webSocketsWhoseMessageDoesNotEndAreClosed() throws Exception {
        for (int i = 0; i < CROWD; i++) {
            RawSocket raw = connected();
            raw.frame(0x01, new byte[] {'4'});
        }

        // A masked continuation, not the last one, of one byte.
        assertAllEndWhileSending(new byte[] {0, (byte) 0x81, 0, 0, 0, 0, '4'});
    }

    @Test
    void G13_webSocketsThatDoNotConnectAreClosed() throws Exception {
        for (int i = 0; i < CROWD; i++) {
            raw().webSocket();
        }

        // Websocket pings are no sign that somebody will authenticate.
        assertAllEndWhileSending(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
    }

    @Test
    void G13_webSocketsThatDoNotTakeOverAreClosedAndTheirSessionsGoOn() throws Exception {
        bystander.close();
        server.close();
        // Only the time-out of the upgrade is short: the polling session must outlive it on a busy machine, too.
        server = TestServer.start(timeouts -> timeouts.withUpgrade(IN_TIME));
        bystander = BystanderClient.of(server);
        String session = TestHttp.session(server, 4);
        TestHttp.send("POST", server.http(session), "40");
        TestHttp.get(server.http(session));
        raw().webSocket("&sid=" + session.substring(session.indexOf("sid=") + 4));

        await().until(() -> crowd.get(0).hasEndedAfter(new byte[0]));

        assertThat(TestHttp.send("POST", server.http(session), "42[\"message\",1]")
                        .statusCode())
                .isEqualTo(200);
        bystander.assertServed();
    }

    /** All in a row, a byte or line each time, until the last one is closed. */
    private void assertAllEndWhileSending(byte[] more) {
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            boolean all = true;
            for (RawSocket each : crowd) {
                all &= each.hasEndedAfter(more);
            }
            return all;
        });
        await().until(() -> server.sessionCount() == 1);
        bystander.assertServed();
    }

    private RawSocket raw() throws IOException {
        RawSocket raw = new RawSocket(server.port());
        crowd.add(raw);
        return raw;
    }

    private RawSocket connected() throws IOException {
        RawSocket raw = raw();
        raw.webSocket();
        raw.text("40");
        return raw;
    }
}
