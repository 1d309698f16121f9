package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.StaticFiles;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP beside Socket.IO on the same port: routes and static files. */
@Execution(ExecutionMode.CONCURRENT)
class HttpRoutesTest {
    /** More than two sockets hold. */
    private static final int LARGE = 32 << 20;

    private List<HttpRoute> routes = List.of();
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("web")).resolve("index.html"), "<p>hi</p>");
        Files.writeString(folder.resolve("web/app.js"), "let a = 1;");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("web/link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("web/up"), folder);
        routes = routes(folder.resolve("web"));
        server = TestServer.start(timeouts -> timeouts, routes);
    }

    private static List<HttpRoute> routes(Path folder) {
        return List.of(
                new HttpRoute(
                        "POST",
                        "/v1/echo",
                        request -> CompletableFuture.supplyAsync(
                                () -> HttpResponse.of(200, "text/plain", request.body()))),
                new HttpRoute(
                        "GET",
                        "/v1/slow",
                        request -> new CompletableFuture<HttpResponse>()
                                .completeOnTimeout(HttpResponse.json(200, "1"), 200, TimeUnit.MILLISECONDS)),
                new HttpRoute(
                        "GET",
                        "/v1/fast",
                        request -> CompletableFuture.completedStage(
                                HttpResponse.json(200, "\"" + request.query("q").orElse("") + "\""))),
                new HttpRoute(
                        "GET",
                        "/v1/large",
                        request ->
                                CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", new byte[LARGE]))),
                new HttpRoute(
                        "GET",
                        "/v1/repeat",
                        request -> CompletableFuture.completedStage(HttpResponse.of(200)
                                .withHeader("X-Said", request.query("q").orElse("")))),
                new HttpRoute("GET", "/v1/broken", request -> {
                    throw new IllegalStateException("of course");
                }),
                new HttpRoute(
                        "GET",
                        "/v1/problem",
                        request -> CompletableFuture.completedStage(Problem.of(409, "conflict", "Other \"content\"."))),
                new HttpRoute("GET", "/", StaticFiles.directory("/", folder)),
                new HttpRoute("GET", "/own", StaticFiles.classpath("/own", "io/webchat/socketio/internal/http")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRouteAnswersWithAllOfTheBody() throws Exception {
        String body = "\ud55c".repeat(20_000);

        java.net.http.HttpResponse<String> response = TestHttp.send("POST", at("/v1/echo"), body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(TestHttp.get(at("/v1/fast/below?q=a%20b")).body()).isEqualTo("\"a b\"");
    }

    @Test
    void errorsAreProblems() throws Exception {
        assertProblem(TestHttp.send("PATCH", at("/v1/echo"), ""), 405, "bad_request");
        assertThat(TestHttp.send("DELETE", at("/v1/fast"), "").headers().firstValue("Allow"))
                .hasValue("GET, HEAD");
        assertProblem(TestHttp.get(at("/nothing/here")), 404, "not_found");
        assertProblem(TestHttp.get(at("/v1/broken")), 500, "internal");
        assertProblem(TestHttp.get(at("/v1/problem")), 409, "conflict");
        assertProblem(TestHttp.send("POST", at("/v1/echo"), "x".repeat(100_000)), 413, "too_large");
        assertThat(TestHttp.send("POST", at("/v1/echo"), "x".repeat(600_000)).statusCode())
                .isEqualTo(413);
    }

    private static void assertProblem(java.net.http.HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOnOneConnection() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /v1/slow HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/fast?q=2 HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(raw.head()).contains("content-length: 1\r\n");
            assertThat(raw.read(1)).containsExactly('1');
            assertThat(raw.head()).contains("content-length: 3\r\n");
            assertThat(raw.read(3)).containsExactly('"', '2', '"');

            raw.write("HEAD /v1/fast?q=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.head()).contains("content-length: 3\r\n").contains("connection: close");
            assertThat(raw.isEnded()).isTrue();
        }
    }

    @Test
    void malformedAndIdleConnectionsEnd() throws Exception {
        restartWithShortIdleTimeout();
        try (RawSocket malformed = new RawSocket(server.port());
                RawSocket idle = new RawSocket(server.port());
                RawSocket slow = new RawSocket(server.port())) {
            malformed.write("NONSENSE\r\n\r\n");
            slow.write("GET / HTTP/1.1\r\nHost: ");

            assertThat(malformed.head()).startsWith("HTTP/1.1 400");
            assertThat(idle.isEnded()).isTrue();
            assertThat(slow.isEnded()).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotTakeItsResponseIsClosed() throws Exception {
        restartWithShortIdleTimeout();
        try (RawSocket raw = new RawSocket(server.port(), 4096)) {
            raw.write("GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n");
            // The client reads nothing until the server has closed the connection.
            await().until(() -> isReset(raw));

            assertThat(raw.taken()).isLessThan(LARGE);
        }
    }

    private void restartWithShortIdleTimeout() {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withHttpIdle(Duration.ofMillis(500)), routes);
    }

    /** Writes an empty line, which HTTP ignores, and tells whether the other side refuses it. */
    private static boolean isReset(RawSocket raw) throws IOException {
        try {
            raw.write("\r\n");
            return false;
        } catch (SocketException broken) {
            return true;
        }
    }

    @Test
    void filesHaveTypesAndTags() throws Exception {
        java.net.http.HttpResponse<String> index = TestHttp.get(at("/"));
        assertThat(index.body()).isEqualTo("<p>hi</p>");
        assertThat(index.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(TestHttp.get(at("/app.js")).headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        String tag = index.headers().firstValue("ETag").orElseThrow();

        java.net.http.HttpResponse<String> again = TestHttp.CLIENT.send(
                TestHttp.request("GET", at("/"), "")
                        .header("If-None-Match", tag)
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void filesOfTheClassPathAreServed() throws Exception {
        assertThat(TestHttp.get(at("/own/HttpRoutesTest.class")).headers().firstValue("Content-Type"))
                .hasValue("application/octet-stream");
        assertThat(TestHttp.get(at("/own/Nothing.class")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/..%5csecret.txt",
                "/%252e%252e/secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/..;/secret.txt",
                "/%2e%2e%5csecret.txt",
                "/x/../../secret.txt",
                "/up/secret.txt",
                "/file:/etc/passwd",
                "http://127.0.0.1/../secret.txt",
                "/link.txt",
                "//etc/passwd",
                "/.hidden",
                "/app.js%00",
                "/own/../HttpRoutesTest.class",
                "/own/%2e%2e/http/HttpRoutesTest.class",
            })
    void G12_pathsDoNotLeadOutside(String path) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(raw.head()).startsWith("HTTP/1.1 404");
        }
    }

    /** A handler may repeat input in a header. A line end in it must not be sent, and the client must get an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aSet-Cookie:%20x=1", "a%0aSet-Cookie:%20x=1", "a%0d%0a%0d%0a<p>", "a%00b"})
    void G13_aMalformedHeaderFieldIsNotSent(String said) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /v1/repeat?q=" + said + " HTTP/1.1\r\nHost: x\r\n\r\n");
            String head = raw.head();
            assertThat(head).startsWith("HTTP/1.1 500").doesNotContainIgnoringCase("set-cookie");
            raw.read(Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1")));

            raw.write("GET /v1/repeat?q=b HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200").contains("X-Said: b\r\n");
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
