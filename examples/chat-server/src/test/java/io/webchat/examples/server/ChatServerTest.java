package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages, the options and the error messages of the server. */
class ChatServerTest {
    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesThePageAndItsScriptsUnderAStrictPolicy() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0")) {
            HttpResponse<String> page = get(server.port(), "/");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>webchat</title>");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
            assertThat(get(server.port(), "/webjars/socket.io-client/socket.io.min.js")
                            .body())
                    .contains("Socket.IO v4");
            assertThat(get(server.port(), "/../build.properties").statusCode()).isNotEqualTo(200);
            assertThat(get(server.port(), "/nowhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void tellsWhoHasAnAccountOnlyWhereUsersNeedOne() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0")) {
            Rest ann = new Rest(server.port(), SignInHelp.token(server.port(), "ann"));
            assertThat(ann.get("/v1/users/bob").body()).contains("\"exists\":false");
        }
        try (CommandRun server = CommandRun.of("--port", "0", "--legacy-join", "true")) {
            Rest ann = new Rest(server.port(), SignInHelp.token(server.port(), "ann"));
            assertThat(ann.get("/v1/users/bob").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void refusesOptionsThatMakeNoSenseWithOneClearSentence() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0", "--auth-secret", "short")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("32 bytes").doesNotContain("\tat ");
        }
        try (CommandRun server = CommandRun.of("--port", "0", "--window", "0")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("window must be 1 to").doesNotContain("\tat ");
        }
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                CommandRun server = CommandRun.of("--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot listen on").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({"::, localhost", "0.0.0.0, localhost", "::1, [::1]", "[::1], [::1]", "127.0.0.1, 127.0.0.1"})
    void greetsWithAnAddressThatABrowserOpens(String host, String shown) throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0", "--host", host)) {
            assertThat(server.output()).contains("listens on http://" + shown + ":" + server.port() + "/ -");
        }
    }

    @Test
    void namesAHostThatDoesNotExist() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "9", "--host", "nohost.invalid")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains("cannot listen on nohost.invalid:9: no such host")
                    .doesNotContain("null");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--cors-origin, https://*.example.com, the origin https://*.example.com can never match",
        "--cors-origin, chat.example, the origin chat.example can never match",
        "--allowed-host, https://chat.example, the host https://chat.example can never match",
        "--trusted-proxy, proxy.example, proxy.example is no address of a proxy",
        "--base-path, chat, the base path must look like /chat",
        "--keep-alive, 1, --keep-alive must be 10 to",
    })
    void refusesNamesThatCanNeverMatch(String option, String value, String sentence) throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0", option, value)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains(sentence).doesNotContain("\tat ");
        }
    }

    @Test
    void takesListsWithBlanksAndAnEmptyEnd() throws Exception {
        try (CommandRun server = CommandRun.of(
                "--port",
                "0",
                "--cors-origin",
                "https://a.example, https://b.example,",
                "--allowed-host",
                " c.example")) {
            assertThat(server.isRunning()).as(server.output()).isTrue();
        }
    }

    @Test
    void servesThePageBelowABasePath() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0", "--base-path", "/chat")) {
            assertThat(server.output()).contains(":" + server.port() + "/chat/ -");
            assertThat(get(server.port(), "/chat/").body()).contains("<title>webchat</title>");
            assertThat(get(server.port(), "/chat/health/live").statusCode()).isEqualTo(200);
            assertThat(get(server.port(), "/chat/socket.io/?EIO=4&transport=polling")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(server.port(), "/").statusCode()).isEqualTo(404);
        }
    }

    /** One client behind a proxy uses up its attempts; the others still get in. A hundred hashes take seconds. */
    @Tag("full")
    @Test
    void G13_wrongPasswordsCountForTheClientBehindTheProxy() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0", "--trusted-proxy", "127.0.0.0/8,::1")) {
            for (int i = 0; i <= 120; i++) {
                signIn(server.port(), "203.0.113.9", "user-" + i / 9, i % 9 == 0 ? "the first one" : "a wrong one");
            }
            assertThat(signIn(server.port(), "203.0.113.10", "somebody", "a password"))
                    .isEqualTo(200);
        }
    }

    private static int signIn(int port, String client, String user, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/login"))
                .timeout(Duration.ofSeconds(30))
                .header("X-Forwarded-For", client)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void tellsItsVersionAndItsOptions() throws Exception {
        try (CommandRun server = CommandRun.of("--version")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).matches("webchat \\d+\\.\\d+\\.\\d+\\S*\\s+");
        }
        try (CommandRun server = CommandRun.of("--help")) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.output())
                    .contains("--port", "--host", "--auth-secret", "--legacy-join", "--window", "--rate-limit")
                    .contains("--allowed-host", "--trusted-proxy", "--base-path", "--keep-alive")
                    .contains("--cors-origin", "--ping-interval", "--ping-timeout", "CHAT_PORT", "25000");
        }
    }
}
