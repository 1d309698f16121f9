package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The upgrade from polling to a websocket, and its failures. */
class UpgradeTest {
    private static final int EVENTS = 2000;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @RepeatedTest(3)
    void defect15ABurstDuringTheUpgradeArrivesInOrderAndAtOnce() throws Exception {
        upgradeDuringABurst();
    }

    @Tag("full")
    @RepeatedTest(10)
    void defect15ManyBurstsDuringUpgradesArriveInOrderAndAtOnce() throws Exception {
        upgradeDuringABurst();
    }

    private void upgradeDuringABurst() throws Exception {
        String session = polling();
        SocketIoConnection connection = server.handlers.element().connection();
        // The client may have read that it is connected before the layer above was told.
        await().until(connection::isOpen);
        CompletableFuture<Void> emitting = CompletableFuture.runAsync(() -> IntStream.range(0, EVENTS)
                .forEach(i -> connection.emit(
                        "n", Integer.toString(i).getBytes(StandardCharsets.UTF_8), SocketIoConnection.NO_ACK)));
        List<String> received = new ArrayList<>();

        WebSocketClient socket = WebSocketClient.open(webSocket(session));
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        received.addAll(poll(session));
        socket.send("5");
        emitting.get(30, TimeUnit.SECONDS);
        while (received.size() < EVENTS) {
            received.add(socket.next());
        }

        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, EVENTS)
                        .mapToObj(i -> "42[\"n\"," + i + "]")
                        .toList());
    }

    private List<String> poll(String session) throws Exception {
        return List.of(TestHttp.get(server.http(session)).body().split("\u001e")).stream()
                .filter(packet -> packet.startsWith("42"))
                .toList();
    }

    @Test
    void aWaitingPollIsEndedSoThatTheClientCanGoOver() throws Exception {
        String session = polling();
        WebSocketClient socket = WebSocketClient.open(webSocket(session));
        CompletableFuture<HttpResponse<String>> before = TestHttp.getAsync(server.http(session));
        socket.send("2probe");
        assertThat(before.get(30, TimeUnit.SECONDS).body()).matches("6(\u001e6)*");

        CompletableFuture<HttpResponse<String>> after = TestHttp.getAsync(server.http(session));

        assertThat(after.get(30, TimeUnit.SECONDS).body()).matches("6(\u001e6)*");
    }

    @Test
    void pollingGoesOnWhenTheWebSocketBreaks() throws Exception {
        String session = polling();
        WebSocketClient socket = WebSocketClient.open(webSocket(session));
        socket.send("2probe");
        socket.next();
        CompletableFuture<HttpResponse<String>> waiting = TestHttp.getAsync(server.http(session));
        await().until(() -> waiting.isDone() || isPolled(session));
        socket.abort();
        assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(server.sessionCount()).isEqualTo(1);

        assertThat(TestHttp.send("POST", server.http(session), "42[\"message\",1]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(TestHttp.get(server.http(session)).body()).isEqualTo("42[\"message-back\",1]");
        await().untilAsserted(() -> {
            WebSocketClient again = WebSocketClient.open(webSocket(session));
            again.send("2probe");
            assertThat(again.next()).isEqualTo("3probe");
        });
    }

    @Test
    void aWebSocketThatDoesNotTakeOverIsClosedAlone() throws Exception {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withUpgrade(Duration.ofMillis(200)));
        String session = polling();
        WebSocketClient socket = WebSocketClient.open(webSocket(session));

        assertThat(socket.closed()).isIn(1000, 1006);

        TestHttp.send("POST", server.http(session), "42[\"message\",1]");
        assertThat(TestHttp.get(server.http(session)).body()).isEqualTo("42[\"message-back\",1]");
        assertThat(server.log).doesNotContain("close TRANSPORT");
    }

    @Test
    void aWebSocketThatSpeaksBeforeItTookOverIsClosedAlone() throws Exception {
        String session = polling();
        WebSocketClient socket = WebSocketClient.open(webSocket(session));

        socket.send("42[\"message\",1]");

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(server.log).doesNotContain("event message");
        await().until(() -> server.sessionCount() == 1);
    }

    @Test
    void G14_aSessionThatEndsDuringTheUpgradeEndsForAClientThatSwitchedMeanwhile() throws Exception {
        String session = polling();
        SocketIoConnection connection = server.handlers.element().connection();
        await().until(connection::isOpen);
        WebSocketClient socket = WebSocketClient.open(webSocket(session));
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        connection.emit("last", "1".getBytes(StandardCharsets.UTF_8), SocketIoConnection.NO_ACK);
        connection.disconnect();
        await().until(() -> server.sessionCount() == 0);
        socket.send("5");

        assertThat(socket.next()).isEqualTo("42[\"last\",1]");
        assertThat(socket.closed()).isIn(1000, 1006);
    }

    private boolean isPolled(String session) {
        UUID id = UUID.fromString(session.substring(session.indexOf("sid=") + 4));
        return Objects.requireNonNull(server.server.session(id)).isPolled();
    }

    private String polling() throws Exception {
        String session = TestHttp.session(server, 4);
        TestHttp.send("POST", server.http(session), "40");
        assertThat(TestHttp.get(server.http(session)).body()).startsWith("40");
        return session;
    }

    private URI webSocket(String session) {
        return server.ws(session.replace("polling", "websocket"));
    }
}
