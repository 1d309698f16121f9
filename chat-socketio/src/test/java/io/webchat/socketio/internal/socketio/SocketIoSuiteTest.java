package io.webchat.socketio.internal.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.testkit.PollingSession;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of Socket.IO's official protocol suite, version 5, in our own words: with a token, and over both
 * transports. Custom namespaces and binary content are refused here by design.
 */
@Tag("full")
class SocketIoSuiteTest {
    private static final String CONNECT = "40{\"token\":\"123\"}";

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebSocketClient opened() throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(server.ws("EIO=4&transport=websocket"));
        assertThat(socket.next()).startsWith("0{");
        return socket;
    }

    private WebSocketClient connected() throws InterruptedException {
        WebSocketClient socket = opened();
        socket.send(CONNECT);
        assertThat(socket.nextMessage()).startsWith("40{\"sid\":\"");
        assertThat(socket.nextMessage()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
        return socket;
    }

    @Test
    void connectsToTheMainNamespaceOverWebSocket() throws Exception {
        WebSocketClient socket = opened();

        socket.send("40");

        assertThat(socket.nextMessage()).startsWith("40{\"sid\":\"");
    }

    @Test
    void connectsWithAPayloadOverPolling() throws Exception {
        PollingSession session = PollingSession.open(server, 4);

        session.post(CONNECT);

        StringBuilder received = new StringBuilder(session.poll().body());
        if (!received.toString().contains("auth")) {
            received.append(session.poll().body());
        }
        assertThat(received.toString()).startsWith("40{\"sid\":\"").endsWith("42[\"auth\",{\"token\":\"123\"}]");
    }

    /** The reference has a namespace {@code /custom}; here every namespace but the main one is unknown. */
    @ParameterizedTest
    @ValueSource(strings = {"40/custom", "40/custom,", "40/custom,{\"token\":\"abc\"}", "40/random"})
    void refusesOtherNamespaces(String packet) throws Exception {
        WebSocketClient socket = opened();

        socket.send(packet);

        String name = packet.contains("custom") ? "/custom" : "/random";
        assertThat(socket.nextMessage()).isEqualTo("44" + name + ",{\"message\":\"Invalid namespace\"}");
        socket.send(CONNECT);
        assertThat(socket.nextMessage()).startsWith("40{\"sid\":\"");
    }

    @Test
    void closesUponAnInvalidHandshake() throws Exception {
        WebSocketClient socket = opened();

        socket.send("4abc");

        assertThat(socket.closed()).isEqualTo(1002);
    }

    @Test
    void closesWhenNoHandshakeComes() throws Exception {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withConnect(Duration.ofMillis(200)));
        WebSocketClient socket = WebSocketClient.open(server.ws("EIO=4&transport=websocket"));

        assertThat(socket.closed()).isEqualTo(1008);
        PollingSession session = PollingSession.open(server, 4);
        await().until(() -> server.sessionCount() == 0);
        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void staysOpenAfterADisconnectFromTheNamespace() throws Exception {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withPing(Duration.ofMillis(100), Duration.ofSeconds(60)));
        WebSocketClient socket = connected();

        socket.send("41");

        assertThat(socket.next()).isEqualTo("2");
        await().untilAsserted(() -> assertThat(server.log).contains("close CLIENT"));
    }

    @Test
    void bringsAnEventOverBothTransports() throws Exception {
        String event = ",1,\"2\",{\"3\":[true]}]";
        WebSocketClient socket = connected();
        socket.send("42[\"message\"" + event);
        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");

        PollingSession session = PollingSession.connected(server, 4);
        session.post("42[\"message\"" + event);
        assertThat(session.poll().body()).isEqualTo("42[\"message-back\",1]");
    }

    @Test
    void acknowledgesAnEventOverBothTransports() throws Exception {
        WebSocketClient socket = connected();
        socket.send("42456[\"message-with-ack\",{\"3\":[false]}]");
        assertThat(socket.nextMessage()).isEqualTo("43456[{\"3\":[false]}]");

        PollingSession session = PollingSession.connected(server, 4);
        session.post("42789[\"message-with-ack\",1]");
        assertThat(session.poll().body()).isEqualTo("43789[1]");
    }

    /** The reference echoes binary events; this server refuses them by name and goes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]"
            })
    void refusesBinaryEvents(String packet) throws Exception {
        WebSocketClient socket = connected();

        socket.send(packet);
        socket.sendBinary((byte) 1, (byte) 2, (byte) 3);
        socket.sendBinary((byte) 4, (byte) 5, (byte) 6);
        socket.send("42[\"message\",1]");

        assertThat(socket.nextMessage()).isEqualTo("42[\"message-back\",1]");
        assertThat(server.log).anyMatch(each -> each.startsWith("unsupported "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4abc", "42{}", "42abc[\"message-with-ack\",1,\"2\"]", "42[]", "42"})
    void closesUponAnInvalidPacketOverBothTransports(String packet) throws Exception {
        WebSocketClient socket = connected();
        socket.send(packet);
        assertThat(socket.closed()).isEqualTo(1002);

        PollingSession session = PollingSession.connected(server, 4);
        assertThat(session.post(packet).statusCode()).isEqualTo(400);
        assertThat(session.poll().statusCode()).isEqualTo(400);
    }
}
