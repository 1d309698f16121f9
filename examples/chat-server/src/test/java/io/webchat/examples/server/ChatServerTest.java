package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
                    .contains("--cors-origin", "--ping-interval", "--ping-timeout", "CHAT_PORT", "25000");
        }
    }
}
