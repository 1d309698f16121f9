package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One polling session of Engine.IO 3 or 4. It writes payloads, and knows nothing of Socket.IO. */
public final class PollingSession {
    private static final String TOKEN = "token=123";

    private final TestServer server;
    private final int version;
    private final String query;

    private PollingSession(TestServer server, int version, String open) {
        this.server = server;
        this.version = version;
        this.query = "EIO=" + version + "&transport=polling&sid=" + TestHttp.sid(open);
    }

    /** Opens a session with a token. */
    public static PollingSession open(TestServer server, int version) throws IOException, InterruptedException {
        String query = "EIO=" + version + "&transport=polling&" + TOKEN;
        return new PollingSession(
                server, version, TestHttp.get(server.http(query)).body());
    }

    /** Opens a session and connects to the default namespace. */
    public static PollingSession connected(TestServer server, int version) throws IOException, InterruptedException {
        PollingSession session = open(server, version);
        if (version == 4) {
            assertThat(session.post("40{\"token\":\"123\"}").statusCode()).isEqualTo(200);
        }
        String answer = session.poll().body();
        assertThat(answer).contains("40");
        if (version == 4 && !answer.contains("42[\"auth\"")) {
            assertThat(session.poll().body()).startsWith("42[\"auth\"");
        }
        return session;
    }

    /** Returns the payload of these packets. */
    public String payload(String... packets) {
        return PollingPayload.of(version, packets);
    }

    /** Posts these packets in one payload. */
    public HttpResponse<String> post(String... packets) throws IOException, InterruptedException {
        return postRaw(payload(packets));
    }

    /** Posts this body. */
    public HttpResponse<String> postRaw(String body) throws IOException, InterruptedException {
        return TestHttp.send("POST", server.http(query), body);
    }

    /** Polls. */
    public HttpResponse<String> poll() throws IOException, InterruptedException {
        return TestHttp.get(server.http(query));
    }

    /** Polls, and returns once the request waits at the server. */
    public CompletableFuture<HttpResponse<String>> pollAndWait() {
        CompletableFuture<HttpResponse<String>> response = TestHttp.getAsync(server.http(query));
        await().until(this::isPolled);
        return response;
    }

    /** Tells whether a polling request waits at the server. */
    public boolean isPolled() {
        UUID id = UUID.fromString(query.substring(query.indexOf("sid=") + 4));
        return Objects.requireNonNull(server.server.session(id)).isPolled();
    }

    /** Returns the query that names the session. */
    public String query() {
        return query;
    }

    /** Opens another websocket for this session. */
    public WebSocketClient webSocket() {
        return WebSocketClient.open(webSocketUri());
    }

    private URI webSocketUri() {
        return server.ws(query.replace("polling", "websocket"));
    }

    /** Goes over to a websocket. */
    public WebSocketClient upgraded() throws InterruptedException {
        WebSocketClient socket = webSocket();
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        return socket;
    }
}
