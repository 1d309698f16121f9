package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defect 9: the origins that may use the server from a browser. Polling, websockets and routes have the same rule. */
class OriginTest {
    private static final String FRIEND = "https://friend.example";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, "/v1/anything"})
    void aRefusalOfHeadHasNoBodyThatWouldPassForTheNextResponse(String target) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("HEAD " + target + " HTTP/1.1\r\nHost: x\r\nOrigin: https://foe.example\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 403").doesNotContain("content-length: 0\r\n");

            raw.write("GET /v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 404");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {POLLING, "/", "/v1/anything"})
    void defect9AForeignOriginIsRefused(String target) throws Exception {
        int before = server.sessionCount();
        for (String origin : new String[] {"https://foe.example", "null", "https://friend.example.foe.example"}) {
            String head = request("GET", target, "Origin: " + origin + "\r\n");

            assertThat(head).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("allow-origin");
        }
        assertThat(server.sessionCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void defect9AForeignOriginGetsNoWebSocket() {
        assertThatThrownBy(() -> WebSocketClient.open(server.ws("EIO=4&transport=websocket"), "https://foe.example"))
                .hasMessageContaining("WebSocketHandshakeException");
    }

    @Test
    void aListedOriginIsToldSo() throws Exception {
        assertThat(request("GET", POLLING, "Origin: " + FRIEND + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("access-control-allow-origin: " + FRIEND)
                .contains("access-control-allow-credentials: true")
                .contains("vary: origin");
        assertThat(WebSocketClient.open(server.ws("EIO=4&transport=websocket"), FRIEND)
                        .next())
                .startsWith("0{");
    }

    @Test
    void aPreflightIsAnswered() throws Exception {
        assertThat(request("OPTIONS", POLLING, "Origin: " + FRIEND + "\r\nAccess-Control-Request-Method: POST\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("access-control-allow-origin: " + FRIEND)
                .contains("access-control-allow-methods: GET, HEAD, POST, PUT, DELETE")
                .contains("access-control-allow-headers: Authorization, Content-Type");
    }

    @Test
    void theServersOwnPagesAndPlainClientsPass() throws Exception {
        String own = "http://127.0.0.1:" + server.port();

        assertThat(request("GET", POLLING, "Origin: " + own + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("allow-origin");
        assertThat(request("GET", POLLING, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example, a.example, true",
        "http://a.example, a.example:80, true",
        "https://a.example, a.example, true",
        "https://A.example:443, a.EXAMPLE, true",
        "http://a.example:8080, a.example:8080, true",
        "http://a.example:8080, a.example, false",
        "http://[::1], [::1]:80, true",
        "http://[::1]:8080, [::1], false",
        "http://a.example.foe, a.example, false",
        "a.example, a.example, false",
        "http://a.example, , false",
    })
    void sameOriginComparesHostAndPort(String origin, String host, boolean same) {
        assertThat(new OriginPolicy(java.util.Set.of()).permits(origin, host)).isEqualTo(same);
    }

    @Test
    void aStarAllowsEveryOriginWithoutCredentials() {
        OriginPolicy any = new OriginPolicy(java.util.Set.of("*"));

        assertThat(any.permits("https://foe.example", "a.example")).isTrue();
        assertThat(any.allowHeader("https://foe.example")).isEqualTo("*");
    }

    private static String request(String method, String target, String headers) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + headers
                    + "\r\n");
            return raw.head();
        }
    }
}
