package io.webchat.socketio.internal.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour that Socket.IO's protocol document, version 5, asks of a server; in the order of its test suite. */
@Execution(ExecutionMode.CONCURRENT)
class SocketIoV5Test {
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

    @Test
    void connectsToTheMainNamespace() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        String engineId = TestHttp.sid(socket.next());

        socket.send("40");

        String answer = socket.next();
        assertThat(answer).matches("40\\{\"sid\":\"[^\"]{20,}\"}").doesNotContain(engineId);
        assertThat(server.log).containsExactly("connect {}");
    }

    @Test
    void connectsWithAPayload() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send("40{\"token\":\"123\"}");

        assertThat(socket.next()).startsWith("40{");
        assertThat(socket.next()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }

    @Test
    void refusesAnUnknownNamespaceAndGoesOn() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send("40/random");
        assertThat(socket.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        socket.send("40/random,{\"token\":1}");
        assertThat(socket.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");

        socket.send("40");
        assertThat(socket.nextMessage()).startsWith("40{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4abc", "40[]", "40\"x\"", "40{", "40{}x", "44{}", "45", "40/a\"b", "42[\"message\"]", "41"})
    void closesUponAnImproperHandshake(String packet) throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send(packet);

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(server.log).isEmpty();
    }

    @Test
    void closesWhenNoHandshakeComes() throws Exception {
        restart(timeouts -> timeouts.withConnect(Duration.ofMillis(200)));
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();
        pongUntilClosed(socket);

        assertThat(socket.closed()).isEqualTo(1008);
    }

    @Test
    void keepsTheSessionAfterDisconnectForAnotherConnect() throws Exception {
        restart(timeouts -> timeouts.withPing(Duration.ofMillis(100), timeouts.pingTimeout()));
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("41");
        assertThat(socket.next()).isEqualTo("2");
        socket.send("3");
        socket.send("40");

        assertThat(socket.nextMessage()).startsWith("40{");
        // The time of the first ping may come before the packet "41".
        assertThat(server.log)
                .filteredOn(each -> !each.equals("heartbeat"))
                .containsExactly("connect {}", "close CLIENT", "connect {}");
        assertThat(server.handlers).hasSize(2);
    }

    @Test
    void closesTheSessionAfterDisconnectWithoutAnotherConnect() throws Exception {
        restart(timeouts -> timeouts.withConnect(Duration.ofSeconds(2)));
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("41");
        pongUntilClosed(socket);

        assertThat(socket.closed()).isEqualTo(1008);
    }

    /** A client that connects again and again would get new limits each time. */
    @Test
    void G13_oneSessionTakesFewConnects() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);
        for (int i = 0; i < 9; i++) {
            socket.send("41");
            socket.send("40");
            assertThat(socket.nextMessage()).startsWith("40{");
        }

        socket.send("41");
        socket.send("40");

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(socket.closeReason()).isEqualTo("too many connects on one session");
        assertThat(server.handlers).hasSize(10);
    }

    @Test
    void G13_oneSessionTakesFewConnectsToUnknownNamespaces() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));

        for (int i = 0; i < 11; i++) {
            socket.send("40/random,{}");
        }

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(server.log).isEmpty();
    }

    private void restart(UnaryOperator<TransportTimeouts> timeouts) {
        server.close();
        server = TestServer.start(timeouts);
    }

    private static void pongUntilClosed(WebSocketClient socket) {
        await().until(() -> {
            if (!socket.isSilent() && !socket.isClosed()) {
                socket.send("3");
                socket.next();
            }
            return socket.isClosed();
        });
    }

    @Test
    void takesAndSendsEvents() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42[\"message\",{\"3\":[true,null,\"\\u00e9\"]},\"2\"]");

        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",{\"3\":[true,null,\"\\u00e9\"]}]");
    }

    @Test
    void acknowledgesEvents() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42456[\"message-with-ack\",{\"3\":[false]}]");

        assertThat(socket.nextMessage()).isEqualTo("43456[{\"3\":[false]}]");
    }

    @Test
    void takesAcknowledgements() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);
        socket.send("42[\"ask\",1]");
        assertThat(socket.nextMessage()).isEqualTo("427[\"question\",1]");

        socket.send("437[\"answer\",2]");

        await().untilAsserted(() -> assertThat(server.log).contains("ack 7 [\"answer\", 2]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "42{}",
                "42abc[\"message\",1]",
                "42[]",
                "42[null]",
                "42[true,1]",
                "42[\"message\"",
                "42[\"message\"]]",
                "42[\"message\",01]",
                "42[\"disconnect\"]",
                "42[\"connect_error\"]",
                "43[1]",
                "431",
                "42/other,[\"message\"]",
                "4299999999999[\"message\"]",
                "451[\"message\"]",
                "45-[\"message\"]",
                "40",
                "44",
            })
    void closesUponImproperPackets(String packet) throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send(packet);

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(server.log).containsExactly("connect {}", "close VIOLATION");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"451-[\"x\",{\"_placeholder\":true,\"num\":0}] -1", "451-12[\"x\"] 12"})
    void refusesBinaryEventsAndKeepsNothingOfThem(String header, long ackId) throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send(header);
        socket.sendBinary((byte) 1, (byte) 2);
        socket.send("42[\"message\",1]");

        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");
        assertThat(server.log)
                .containsExactly(
                        "connect {}", "unsupported " + ackId + " binary content is not supported", "event message");
    }

    @Test
    void refusesAClientThatTheHandlerRefuses() throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(WEBSOCKET));
        socket.next();

        socket.send("40{\"token\":\"bad\"}");

        assertThat(socket.next())
                .isEqualTo("44{\"message\":\"No such \\\"token\\\".\",\"data\":{\"code\":\"unauthorized\"}}");
        socket.send("42[\"message\",1]");
        assertThat(socket.closed()).isEqualTo(1008);
        assertThat(server.log).containsExactly("connect {\"token\":\"bad\"}", "close REFUSED");
    }

    @Test
    void disconnectsAClientThatDoesNotListen() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42[\"kick\"]");

        assertThat(socket.nextMessage()).isEqualTo("41");
        socket.send("42[\"message\",1]");
        assertThat(socket.closed()).isEqualTo(1006);
        assertThat(server.log).containsExactly("connect {}", "event kick", "close SERVER");
    }
}
