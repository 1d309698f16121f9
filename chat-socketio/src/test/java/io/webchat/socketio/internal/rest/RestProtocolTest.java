package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.rest.Probes;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rules that hold for every request: request ids, origins, rates and failures of backends. */
class RestProtocolTest extends RestCases {
    @Test
    void requestIdsAreTakenOverOrMade() {
        assertThat(as("alice")
                        .with("X-Request-Id", "a-1.B_2")
                        .get("/v1/call-logs")
                        .header("X-Request-Id"))
                .isEqualTo("a-1.B_2");
        String first = as("alice").get("/v1/call-logs").header("X-Request-Id");
        String second = as("alice").get("/v1/call-logs").header("X-Request-Id");
        assertThat(first).isNotEqualTo(second).hasSize(36);
        for (String bad : List.of("a b", "<script>", "x".repeat(129), "\"")) {
            assertThat(as("alice")
                            .with("X-Request-Id", bad)
                            .get("/v1/call-logs")
                            .header("X-Request-Id"))
                    .hasSize(36);
        }
        server.client().with("X-Request-Id", "r-7").get("/v1/call-logs").isProblem(401, "unauthorized");
        assertThat(server.client()
                        .wrong()
                        .with("X-Request-Id", "r-8")
                        .get("/nothing")
                        .header("X-Request-Id"))
                .isEqualTo("r-8");
    }

    @Test
    void originsAreThoseOfTheSocket() {
        RestAnswer friend = as("alice")
                .with("Origin", RestTestServer.FRIEND)
                .get("/v1/call-logs")
                .is(200);
        assertThat(friend.header("Access-Control-Allow-Origin")).isEqualTo(RestTestServer.FRIEND);
        assertThat(friend.header("Access-Control-Expose-Headers")).contains("X-Request-Id", "Retry-After", "Location");

        RestAnswer refused = server.client()
                .with("Origin", RestTestServer.FRIEND)
                .get("/v1/call-logs")
                .isProblem(401, "unauthorized");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(RestTestServer.FRIEND);

        RestAnswer preflight = server.client()
                .wrong()
                .with("Origin", RestTestServer.FRIEND)
                .with("Access-Control-Request-Method", "DELETE")
                .with("Access-Control-Request-Headers", "authorization, x-request-id")
                .send("OPTIONS", "/v1/call-logs/alice~bob", null)
                .is(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("DELETE", "PUT", "POST");
        assertThat(preflight.header("Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "X-Request-Id");

        RestAnswer foe =
                as("alice").wrong().with("Origin", "https://foe.example").send("GET", "/v1/nothing", null);
        assertThat(foe.is(403).json().get("code").asText()).isEqualTo("forbidden");
        assertThat(foe.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void G13_aUsersRateIsLimitedAndNobodyElses() {
        try (RestTestServer limited =
                new RestTestServer(UnaryOperator.identity(), settings -> settings.requestsPerSecond(1))) {
            RestAnswer answer = limited.as("alice").get("/v1/call-logs").is(200);
            for (int i = 0; i < 20 && answer.status() == 200; i++) {
                answer = limited.as("alice").get("/v1/call-logs");
            }

            assertThat(answer.isProblem(429, "rate_limited").header("Retry-After"))
                    .isEqualTo("1");
            limited.as("bob").get("/v1/call-logs").is(200);
            limited.client().get(Probes.LIVE).is(200);
        }
    }

    @Test
    void G9_aSilentOrFailingBackendIsUnavailable() {
        CallLogStore store = mock(CallLogStore.class);
        ChatConfig impatient = ChatConfig.builder()
                .messagesPerSecond(0)
                .backendTimeout(Duration.ofMillis(500))
                .build();
        try (RestTestServer failing =
                new RestTestServer(parts -> parts.config(impatient).callLog(store), UnaryOperator.identity())) {
            when(store.conversations(any(), any(), anyInt()))
                    .thenReturn(new CompletableFuture<>())
                    .thenReturn(CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "down")))
                    .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("a secret")))
                    .thenThrow(new IllegalStateException("a secret"));

            for (int i = 0; i < 2; i++) {
                assertThat(failing.as("alice")
                                .get("/v1/call-logs")
                                .isProblem(503, "unavailable")
                                .header("Retry-After"))
                        .isEqualTo("1");
            }
            for (int i = 0; i < 2; i++) {
                RestAnswer answer = failing.as("alice").get("/v1/call-logs");
                assertThat(answer.status()).isGreaterThanOrEqualTo(500);
                assertThat(answer.raw().body()).doesNotContain("secret");
            }
        }
    }

    @Test
    void aClientThatGoesAwayHarmsNobody() throws Exception {
        CallLogStore store = mock(CallLogStore.class);
        CompletableFuture<List<ConversationEntry>> slow = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        when(store.conversations(any(), any(), anyInt()))
                .thenAnswer(call -> {
                    asked.countDown();
                    return slow;
                })
                .thenReturn(CompletableFuture.completedStage(List.of()));
        try (RestTestServer slowly = new RestTestServer(parts -> parts.callLog(store), UnaryOperator.identity())) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), slowly.server.port())) {
                client.getOutputStream()
                        .write("GET /v1/call-logs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-alice\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(slow.isCancelled()).isFalse();
            assertThat(slow.complete(List.of())).isTrue();
            slowly.as("alice").get("/v1/call-logs").is(200);
        }
    }

    @Test
    void routesOfTheHostGoFirst() {
        try (RestTestServer own = new RestTestServer(
                UnaryOperator.identity(),
                settings -> settings.route(
                                "POST",
                                "/v1/login",
                                request -> CompletableFuture.completedStage(HttpResponse.json(200, "{}")))
                        .route(
                                "*",
                                "/own",
                                request -> CompletableFuture.completedStage(
                                        HttpResponse.json(200, '"' + request.method() + '"'))))) {
            own.client().wrong().post("/v1/login", "{}").is(200);
            own.client().wrong().get("/v1/login").isProblem(404, "not_found");
            own.as("alice").get("/v1/call-logs").is(200);
            assertThat(own.client().wrong().send("PATCH", "/own", null).raw().body())
                    .isEqualTo("\"PATCH\"");
        }
    }
}
