package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.Authority;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.testkit.LogLines;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.util.List;
import java.util.Set;
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
    void theLogNamesTheRefusedOriginOnceAndNotForEachRequest() throws Exception {
        try (LogLines log = new LogLines(Level.WARN);
                TestServer own = TestServer.start()) {
            for (int i = 0; i < 3; i++) {
                try (RawSocket raw = new RawSocket(own.port())) {
                    raw.write("GET " + POLLING + " HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n\r\n");
                    assertThat(raw.head()).startsWith("HTTP/1.1 403");
                }
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("https://shop.example"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("add it to allowedOrigins", "--cors-origin", "webchat.allowed-origins");
        }
    }

    @Test
    void G13_whoInventsOriginsCausesFewLines() throws Exception {
        try (LogLines log = new LogLines(Level.WARN);
                TestServer own = TestServer.start();
                RawSocket raw = new RawSocket(own.port())) {
            for (int i = 0; i < 3 * RefusedOriginLog.MAX_ORIGINS; i++) {
                raw.write("HEAD " + POLLING + " HTTP/1.1\r\nHost: x\r\nOrigin: https://invented" + i + "\r\n\r\n");
                assertThat(raw.head()).startsWith("HTTP/1.1 403");
            }

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("https://invented"))
                    .hasSize(RefusedOriginLog.MAX_ORIGINS);
        }
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
        "http://a.example, a.example:8080, false",
        "https://a.example, a.example:80, false",
        "wss://a.example, a.example, true",
        "http://a.example., a.example, true",
        "http://[0:0:0:0:0:0:0:1], [::1], true",
        "ftp://a.example, a.example, false",
        "http://a.example/x, a.example, false",
        "http://u@a.example, a.example, false",
        "http://a.example:0x50, a.example, false",
        "'http://a.example, http://a.example', a.example, false",
        "http://, a.example, false",
        "null, a.example, false",
        "http://[::1], [::1]:80, true",
        "http://[::1]:8080, [::1], false",
        "http://a.example.foe, a.example, false",
        "a.example, a.example, false",
        "http://a.example, , false",
    })
    void sameOriginComparesHostAndPort(String origin, String host, boolean same) {
        assertThat(new OriginPolicy(Set.of()).permits(origin, host == null ? null : Authority.parse(host), false))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example:8080, a.example, true",
        "https://a.example:8443, a.example, true",
        "http://b.example:8080, a.example, false",
        "http://a.example:8080, a.example:80, false",
    })
    void behindAProxyTheHostMayLackThePort(String origin, String host, boolean same) {
        assertThat(new OriginPolicy(Set.of()).permits(origin, Authority.parse(host), true))
                .isEqualTo(same);
    }

    /** Each origin of the settings, with an origin that a browser sends. */
    @ParameterizedTest
    @CsvSource({
        "https://chat.example, https://chat.example, true",
        "HTTPS://Chat.Example, https://chat.example, true",
        "https://chat.example:443, https://chat.example, true",
        "https://chat.example, https://chat.example:443, true",
        "http://chat.example:80/, http://chat.example, true",
        "https://chat.example/, https://chat.example, true",
        "wss://chat.example, https://chat.example, true",
        "ws://chat.example:8080, http://chat.example:8080, true",
        "' https://chat.example ', https://chat.example, true",
        "https://bücher.example, https://xn--bcher-kva.example, true",
        "http://[0:0:0:0:0:0:0:1]:8080, http://[::1]:8080, true",
        "capacitor://localhost, capacitor://localhost, true",
        "file://, file://, true",
        "null, null, true",
        "https://chat.example, http://chat.example, false",
        "https://chat.example, https://chat.example:8443, false",
        "https://chat.example, https://www.chat.example, false",
        "https://chat.example, https://chat.example.foe, false",
        "https://chat.example, null, false",
    })
    void aListedOriginMatchesInEachSpelling(String listed, String sent, boolean permitted) {
        assertThat(new OriginPolicy(Set.of(listed)).permits(sent, Authority.parse("a.example"), false))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example",
                "https://*.example.com",
                "*.example.com",
                "https://chat.example/app",
                "https://chat.example?x",
                "https://chat.example:port",
                "https://chat.example:70000",
                "https://user@chat.example",
                "https://",
                "://chat.example",
                "",
            })
    void anOriginThatCanNeverMatchIsRefusedAtStart(String listed) {
        assertThatThrownBy(() -> new OriginPolicy(List.of("https://friend.example", listed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the origin " + listed + " can never match");
    }

    @Test
    void aStarAllowsEveryOriginAndMirrorsItForCredentials() {
        OriginPolicy any = new OriginPolicy(Set.of("*"));

        assertThat(any.permits("https://foe.example", Authority.parse("a.example"), false))
                .isTrue();
        assertThat(any.allowHeader("https://foe.example", false)).isEqualTo("*");
        assertThat(any.allowHeader("https://foe.example", true)).isEqualTo("https://foe.example");
    }

    /** Browsers with Socket.IO 1 and 2 send credentials, and refuse an answer for {@code *}. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void aStarServesBrowsersThatSendCredentials(int version) throws Exception {
        try (TestServer open = TestServer.start(List.of(), access(Set.of("*")));
                RawSocket raw = new RawSocket(open.port())) {
            raw.write("GET /socket.io/?EIO=" + version + "&transport=polling HTTP/1.1\r\nHost: chat.example\r\n"
                    + "Origin: https://foe.example\r\n\r\n");
            assertThat(raw.head())
                    .startsWith("HTTP/1.1 200")
                    .contains("access-control-allow-origin: https://foe.example\r\n")
                    .contains("access-control-allow-credentials: true");
        }
        try (TestServer open = TestServer.start(List.of(), access(Set.of("*")));
                RawSocket raw = new RawSocket(open.port())) {
            raw.write("GET /v1/x HTTP/1.1\r\nHost: x\r\nOrigin: https://foe.example\r\n\r\n");
            assertThat(raw.head())
                    .contains("access-control-allow-origin: *\r\n")
                    .doesNotContain("allow-credentials");
        }
    }

    private static AccessPolicy access(Set<String> origins) {
        return new AccessPolicy(
                new HostPolicy(Set.of("*")), new OriginPolicy(origins), new TrustedProxies(Set.of()), BasePath.of("/"));
    }

    @Test
    void aPreflightMirrorsTheMethodAndTheFieldsThatAreAskedFor() throws Exception {
        String asked = "Origin: " + FRIEND + "\r\nAccess-Control-Request-Method: PATCH\r\n"
                + "Access-Control-Request-Headers: traceparent,x-tenant\r\n";

        assertThat(request("OPTIONS", "/v1/x", asked))
                .startsWith("HTTP/1.1 204")
                .contains("access-control-allow-methods: GET, HEAD, POST, PUT, DELETE, PATCH\r\n")
                .contains("X-Request-Id, traceparent,x-tenant\r\n")
                .contains("vary: access-control-request-headers");
        assertThat(request("OPTIONS", "/v1/x", asked.replace("friend", "foe")))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("access-control-allow");
        assertThat(request("OPTIONS", "/v1/x", asked.replace("PATCH", "PA(TCH").replace("x-tenant", "x\"tenant")))
                .doesNotContain("PA(")
                .doesNotContain("tenant");
    }

    private static String request(String method, String target, String headers) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + headers
                    + "\r\n");
            return raw.head();
        }
    }
}
