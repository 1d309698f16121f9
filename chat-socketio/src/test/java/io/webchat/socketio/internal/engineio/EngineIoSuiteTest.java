package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.testkit.PollingSession;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of Engine.IO's official protocol suites, versions 3 and 4, in our own words: with a token, and with the
 * echo of an event. Binary content is refused here by design.
 */
@Tag("full")
class EngineIoSuiteTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restartWithPings(Duration timeout) {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withPing(Duration.ofMillis(100), timeout));
    }

    private WebSocketClient connected(int version) throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(server.ws("EIO=" + version + "&transport=websocket&token=123"));
        assertThat(socket.next()).startsWith("0{");
        if (version == 4) {
            socket.send("40");
        }
        assertThat(socket.nextMessage()).startsWith("40");
        return socket;
    }

    private static String body(CompletableFuture<HttpResponse<String>> response) throws Exception {
        return response.get(30, TimeUnit.SECONDS).body();
    }

    @Nested
    class Handshake {
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void opensAPollingSession(int version) throws Exception {
            HttpResponse<String> response = TestHttp.get(server.http("EIO=" + version + "&transport=polling"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("0{\"sid\":", "\"upgrades\":[\"websocket\"]", "\"pingInterval\":", "\"pingTimeout\":");
            assertThat(response.body().contains("maxPayload")).isEqualTo(version == 4);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "transport=polling",
                    "EIO=abc&transport=polling",
                    "EIO=3",
                    "EIO=4",
                    "EIO=3&transport=abc",
                    "EIO=4&transport=abc"
                })
        void refusesAnInvalidQuery(String query) throws Exception {
            assertThat(TestHttp.get(server.http(query)).statusCode()).isEqualTo(400);
            assertThatThrownBy(() -> WebSocketClient.open(server.ws(query.replace("polling", "websocket"))))
                    .hasMessageContaining("WebSocketHandshakeException");
        }

        @ParameterizedTest
        @CsvSource({"POST, 3", "PUT, 3", "POST, 4", "PUT, 4"})
        void refusesAnInvalidMethod(String method, int version) throws Exception {
            String query = "EIO=" + version + "&transport=polling";

            assertThat(TestHttp.send(method, server.http(query), "").statusCode())
                    .isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void opensAWebSocketSession(int version) throws Exception {
            WebSocketClient socket = WebSocketClient.open(server.ws("EIO=" + version + "&transport=websocket"));

            assertThat(socket.next()).startsWith("0{\"sid\":").contains("\"upgrades\":[]");
        }
    }

    @Nested
    class Message {
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void bringsOnePacketOverPolling(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);

            HttpResponse<String> posted = session.post("42[\"message\",\"hello\"]");

            assertThat(posted.statusCode()).isEqualTo(200);
            assertThat(posted.body()).isEqualTo("ok");
            assertThat(session.poll().body()).isEqualTo(session.payload("42[\"message-back\",\"hello\"]"));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void bringsSeveralPacketsOverPolling(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);

            session.post("42[\"message\",1]", "42[\"message\",2]", "42[\"message\",3]");

            assertThat(session.poll().body())
                    .isEqualTo(session.payload(
                            "42[\"message-back\",1]", "42[\"message-back\",2]", "42[\"message-back\",3]"));
        }

        /** The reference echoes the binary packet; this server drops it and goes on. */
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void dropsABinaryPacketOverPolling(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);

            session.post(version == 3 ? "b4AQIDBA==" : "bAQIDBA==", "42[\"message\",1]");

            assertThat(session.poll().body()).isEqualTo(session.payload("42[\"message-back\",1]"));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void anInvalidPacketClosesAPollingSession(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);

            assertThat(session.postRaw("abc").statusCode()).isEqualTo(400);

            assertThat(session.poll().statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void twoPollsAtOnceCloseTheSession(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            CompletableFuture<HttpResponse<String>> first = session.pollAndWait();

            assertThat(session.poll().statusCode()).isEqualTo(400);

            assertThat(body(first)).isEqualTo(session.payload("1"));
            assertThat(session.poll().statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void aPollThatIsGivenUpClosesTheSession(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            try (RawSocket raw = new RawSocket(server.port())) {
                raw.write("GET /socket.io/?" + session.query() + " HTTP/1.1\r\nHost: x\r\n\r\n");
                await().until(session::isPolled);
            }

            await().until(() -> session.poll().statusCode() == 400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void bringsAPacketOverWebSocket(int version) throws Exception {
            WebSocketClient socket = connected(version);

            socket.send("42[\"message\",\"hello\"]");

            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",\"hello\"]");
        }

        /** The reference echoes the binary packet; this server drops it and goes on. */
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void dropsABinaryPacketOverWebSocket(int version) throws Exception {
            WebSocketClient socket = connected(version);

            socket.sendBinary((byte) 1, (byte) 2, (byte) 3);
            socket.send("42[\"message\",1]");

            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void anInvalidPacketClosesAWebSocket(int version) throws Exception {
            WebSocketClient socket = connected(version);

            socket.send("abc");

            assertThat(socket.closed()).isEqualTo(1002);
        }
    }

    @Nested
    class Heartbeat {
        /** In version 3 the client asks, in version 4 the server. */
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void isAnsweredOverPolling(int version) throws Exception {
            restartWithPings(Duration.ofSeconds(60));
            PollingSession session = PollingSession.connected(server, version);
            for (int i = 0; i < 3; i++) {
                if (version == 3) {
                    session.post("2");
                }

                assertThat(session.poll().body()).isEqualTo(session.payload(version == 3 ? "3" : "2"));
                session.post(version == 3 ? "2" : "3");
                if (version == 3) {
                    assertThat(session.poll().body()).isEqualTo(session.payload("3"));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void thatIsMissingClosesAPollingSession(int version) throws Exception {
            restartWithPings(Duration.ofMillis(200));
            PollingSession session = PollingSession.open(server, version);

            await().until(() -> server.sessionCount() == 0);

            assertThat(session.poll().statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void isAnsweredOverWebSocket(int version) throws Exception {
            restartWithPings(Duration.ofSeconds(60));
            WebSocketClient socket = connected(version);
            for (int i = 0; i < 3; i++) {
                if (version == 3) {
                    socket.send("2");
                }
                assertThat(socket.next()).isEqualTo(version == 3 ? "3" : "2");
                if (version == 4) {
                    socket.send("3");
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void thatIsMissingClosesAWebSocket(int version) throws Exception {
            restartWithPings(Duration.ofMillis(500));
            WebSocketClient socket = WebSocketClient.open(server.ws("EIO=" + version + "&transport=websocket"));

            assertThat(socket.closed()).isEqualTo(1006);
            await().untilAsserted(() -> assertThat(server.sessionCount()).isZero());
        }
    }

    @Nested
    class Close {
        /**
         * The poll must wait before the close arrives. In the official suite both requests leave at once, so now and
         * then the close comes first; then there is no session to poll, and the poll gets 400.
         */
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void forcefullyClosesAPollingSession(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            CompletableFuture<HttpResponse<String>> waiting = session.pollAndWait();

            assertThat(session.post("1").statusCode()).isEqualTo(200);

            assertThat(body(waiting)).isEqualTo(session.payload("6"));
            assertThat(session.poll().statusCode()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void forcefullyClosesAWebSocket(int version) throws Exception {
            WebSocketClient socket = connected(version);

            socket.send("1");

            assertThat(socket.closed()).isEqualTo(1000);
        }
    }

    @Nested
    class Upgrade {
        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void goesFromPollingToWebSocket(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            WebSocketClient socket = session.upgraded();

            socket.send("42[\"message\",\"hello\"]");

            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",\"hello\"]");
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void refusesPollingAfterwards(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            WebSocketClient socket = session.upgraded();
            socket.send("42[\"message\",1]");
            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");

            assertThat(session.poll().statusCode()).isEqualTo(400);
            assertThat(session.post("42[\"message\",2]").statusCode()).isEqualTo(400);

            socket.send("42[\"message\",3]");
            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",3]");
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 4})
        void closesASecondWebSocketAndKeepsTheFirst(int version) throws Exception {
            PollingSession session = PollingSession.connected(server, version);
            WebSocketClient socket = session.upgraded();
            socket.send("42[\"message\",1]");
            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");

            assertThat(session.webSocket().closed()).isEqualTo(1008);

            socket.send("42[\"message\",2]");
            assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",2]");
        }
    }
}
