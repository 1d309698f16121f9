package io.webchat.socketio.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.EchoHandler;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: floods of requests that are allowed one by one. */
@Timeout(120)
class SessionFloodTest {
    private static final int CROWD = 40;
    private static final int LARGE_CROWD = 200;
    private static final int ROUNDS = 60;

    private TestServer server;
    private BystanderClient bystander;

    @BeforeEach
    void start() {
        server = TestServer.start(timeouts -> timeouts.withConnect(Duration.ofSeconds(2)));
        bystander = BystanderClient.of(server);
    }

    @AfterEach
    void stop() {
        bystander.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void G13_aCrowdThatOpensSessionsAndSaysNoMoreIsForgotten(int version) throws Exception {
        openSilentSessions(version, CROWD);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void G13_aLargeCrowdThatOpensSessionsAndSaysNoMoreIsForgotten(int version) throws Exception {
        openSilentSessions(version, LARGE_CROWD);
    }

    private void openSilentSessions(int version, int count) throws Exception {
        List<WebSocketClient> crowd = new ArrayList<>();
        String query = "EIO=" + version + "&transport=";
        for (int i = 0; i < count; i++) {
            crowd.add(WebSocketClient.open(server.ws(query + "websocket")));
            assertThat(TestHttp.get(server.http(query + "polling")).statusCode())
                    .isEqualTo(200);
        }
        if (version == 4) {
            await().untilAsserted(() -> assertThat(server.sessionCount()).isEqualTo(1));
        } else {
            // Clients of version 3 are connected at once. They are only closed because they send no heartbeat.
            assertThat(server.sessionCount()).isLessThanOrEqualTo(2 * count + 1);
        }
        crowd.forEach(WebSocketClient::abort);
        bystander.assertServed();
    }

    @Test
    void G13_sessionsOfAStormLeaveNothingBehind() throws Exception {
        openAndEndSessions(CROWD);
    }

    @Tag("full")
    @Test
    void G13_sessionsOfALongStormLeaveNothingBehind() throws Exception {
        openAndEndSessions(LARGE_CROWD);
    }

    private void openAndEndSessions(int count) throws Exception {
        List<WeakReference<SocketIoConnection>> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            WebSocketClient socket = WebSocketClient.connected(server);
            String session = TestHttp.session(server, 4);
            TestHttp.send("POST", server.http(session), "40");
            if (i % 2 == 0) {
                socket.abort();
                TestHttp.send("POST", server.http(session), "1");
            } else {
                socket.send("1");
                TestHttp.send("POST", server.http(session), "nonsense");
            }
            EchoHandler handler = server.handlers.poll();
            while (handler != null) {
                seen.add(new WeakReference<>(handler.connection()));
                handler = server.handlers.poll();
            }
        }

        assertThat(seen).hasSizeGreaterThan(count);
        await().until(() -> server.sessionCount() == 1);
        bystander.assertServed();
        await().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            System.gc();
            assertThat(seen).allMatch(each -> each.refersTo(null));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"1:2 SLOW", "6:40/x,1 VIOLATION", "18:42[\"message\",1234] SLOW"})
    void G13_aVersion3ClientThatSendsWithoutPollingIsClosed(String packet, String reason) throws Exception {
        String session = TestHttp.session(server, 3);
        assertThat(TestHttp.get(server.http(session)).body()).contains("40");

        assertEnds(session, packet.repeat(4000), reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"40/x, VIOLATION", "42[\"message\",1] SLOW", "421[\"message-with-ack\",1] SLOW"})
    void G13_aVersion4ClientThatSendsWithoutPollingIsClosed(String packet, String reason) throws Exception {
        String session = TestHttp.session(server, 4);
        TestHttp.send("POST", server.http(session), "40");
        TestHttp.get(server.http(session));

        assertEnds(session, String.join("\u001e", java.util.Collections.nCopies(4000, packet)), reason);
    }

    /**
     * At most 1 MiB may wait for a client. Every answer counts as at least 128 bytes. Connects end the session earlier.
     */
    private void assertEnds(String session, String payload, String reason) throws Exception {
        int taken = 0;
        HttpResponse<String> response = TestHttp.send("POST", server.http(session), payload);
        while (response.statusCode() == 200 && taken < ROUNDS) {
            taken++;
            response = TestHttp.send("POST", server.http(session), payload);
        }

        assertThat(taken).as("payloads taken").isLessThan(10);
        assertThat(server.log).contains("close " + reason);
        bystander.assertServed();
    }

    @Test
    void G13_aSecondProbeEndsTheUpgradeAndNotTheSession() throws Exception {
        String session = TestHttp.session(server, 4);
        TestHttp.send("POST", server.http(session), "40");
        TestHttp.get(server.http(session));
        WebSocketClient probing = WebSocketClient.open(server.ws(session.replace("polling", "websocket")));
        probing.send("2probe");
        assertThat(probing.next()).isEqualTo("3probe");

        probing.send("2probe");

        assertThat(probing.closed()).isEqualTo(1002);
        TestHttp.send("POST", server.http(session), "42[\"message\",1]");
        assertThat(TestHttp.get(server.http(session)).body()).contains("message-back");
        bystander.assertServed();
    }
}
