package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import io.webchat.core.ChatConfig;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.socketio.rest.Probes;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Health checks and metrics. */
abstract class ProbeCases {
    private volatile Supplier<CompletionStage<Boolean>> check = () -> CompletableFuture.completedStage(true);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aServerByItselfIsLiveAndReadyAndHasNoFigures() {
        try (RestTestServer server = new RestTestServer()) {
            assertThat(server.client()
                            .get(Probes.LIVE)
                            .is(200)
                            .json()
                            .get("status")
                            .asText())
                    .isEqualTo("live");
            assertThat(server.client()
                            .get(Probes.READY)
                            .is(200)
                            .json()
                            .get("status")
                            .asText())
                    .isEqualTo("ready");
            server.client().get(Probes.METRICS).isProblem(404, "not_found");
            server.client().wrong().get(Probes.LIVE + "/x").isProblem(404, "not_found");
            assertThat(server.client()
                            .wrong()
                            .send("POST", Probes.READY, null)
                            .isProblem(405, "bad_request")
                            .header("Allow"))
                    .isEqualTo("GET, HEAD");
            server.client().wrong().send("HEAD", Probes.LIVE, null).is(200);
        }
    }

    @Test
    void theHostsCheckDecidesAndIsNotAskedMoreThanOnceASecond() {
        try (RestTestServer server = withCheck()) {
            long start = System.nanoTime();
            server.client().get(Probes.READY).is(200);
            for (int i = 0; i < 20; i++) {
                server.client().get(Probes.READY);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            assertThat(asked.get()).isLessThanOrEqualTo((int) seconds + 2);

            check = () -> CompletableFuture.failedStage(new IllegalStateException("down"));
            await().until(() -> server.client().get(Probes.READY).status() == 503);
            assertThat(server.client()
                            .get(Probes.READY)
                            .isProblem(503, "unavailable")
                            .header("Retry-After"))
                    .isEqualTo("1");
            server.client().get(Probes.LIVE).is(200);
        }
    }

    private RestTestServer withCheck() {
        return new RestTestServer(
                UnaryOperator.identity(),
                settings -> settings.readiness(() -> {
                    asked.incrementAndGet();
                    return check.get();
                }));
    }

    @Test
    void G14_aNodeThatDrainsIsNotReadyAndAnswersOnOpenConnections() throws Exception {
        OfflineQueue silent = mock(OfflineQueue.class, delegatesTo(MemoryOfflineQueue.create()));
        CompletableFuture<Object> appended = new CompletableFuture<>();
        doReturn(appended).when(silent).append(any(), any(), anyLong());
        ChatConfig patient = ChatConfig.builder()
                .messagesPerSecond(0)
                .backendTimeout(Duration.ofSeconds(60))
                .build();
        try (RestTestServer server =
                new RestTestServer(parts -> parts.config(patient).offlineQueue(silent), UnaryOperator.identity())) {
            WebSocketClient alice = WebSocketClient.open(
                    URI.create("ws://127.0.0.1:" + server.server.port() + "/socket.io/?EIO=4&transport=websocket"));
            alice.next();
            alice.send("40{\"token\":\"token-alice\"}");
            alice.next();
            alice.send("421[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\"}]");
            verify(silent, timeout(30_000)).append(any(), any(), anyLong());
            server.client().get(Probes.LIVE).is(200);

            CompletableFuture<Void> closed = CompletableFuture.runAsync(
                    () -> server.server.close(Duration.ofSeconds(60)), task -> new Thread(task).start());

            assertThat(alice.nextMessage()).contains("draining");
            server.client().get(Probes.READY).isProblem(503, "unavailable");
            server.client().get(Probes.LIVE).is(200);
            appended.completeExceptionally(new IllegalStateException("no answer came"));
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theHostsFiguresAreServed() {
        try (RestTestServer server = new RestTestServer(
                UnaryOperator.identity(), settings -> settings.metrics(() -> "webchat_sessions 1\n"))) {
            RestAnswer figures = server.client().get(Probes.METRICS).is(200);

            assertThat(figures.raw().body()).isEqualTo("webchat_sessions 1\n");
            assertThat(figures.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        }
        try (RestTestServer broken = new RestTestServer(
                UnaryOperator.identity(),
                settings -> settings.metrics(() -> {
                    throw new IllegalStateException("a secret");
                }))) {
            assertThat(broken.client()
                            .wrong()
                            .with("X-Request-Id", "r-1")
                            .get(Probes.METRICS)
                            .isProblem(500, "internal")
                            .raw()
                            .body())
                    .doesNotContain("secret")
                    .contains("r-1");
        }
    }

    @Test
    void restCanBeSwitchedOff() {
        try (RestTestServer server = new RestTestServer(UnaryOperator.identity(), settings -> settings.rest(false))) {
            for (String path : new String[] {"/v1/call-logs", Probes.LIVE, Probes.READY, Probes.METRICS}) {
                assertThat(server.as("alice").wrong().send("HEAD", path, null).status())
                        .isEqualTo(404);
            }
        }
    }
}
