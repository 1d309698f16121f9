package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.TcpProxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The probes and the metrics of a node. */
@ExtendWith(DynamoServers.class)
class HealthAndMetricsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static int ready(int port) throws Exception {
        return new Rest(port, "").get("/health/ready").statusCode();
    }

    @Test
    void isReadyWhileRedisAndDynamoAnswer(DynamoEndpoint dynamo) throws Exception {
        String table = "health-" + System.nanoTime();
        try (RedisServer redis = RedisServer.builder().start();
                TcpProxy link = TcpProxy.to("127.0.0.1", dynamo.uri().getPort());
                CommandRun server = CommandRun.of(
                        "--port=0",
                        "--auth-secret=" + SECRET,
                        "--redis=" + redis.url(),
                        "--dynamo=http://127.0.0.1:" + link.port(),
                        "--table=" + table)) {
            int port = server.port();
            assertThat(ready(port)).isEqualTo(200);

            link.refuse();
            link.cutAll();
            await().atMost(PATIENCE).until(() -> ready(port) == 503);
            assertThat(new Rest(port, "").get("/health/live").statusCode()).isEqualTo(200);
            link.heal();
            await().atMost(PATIENCE).until(() -> ready(port) == 200);
            deleteTable(dynamo, table);
            await().atMost(PATIENCE).until(() -> ready(port) == 503);
            assertThat(server.output()).contains("Not ready: DynamoDB").doesNotContain("\tat ");
        }
    }

    private static void deleteTable(DynamoEndpoint dynamo, String table) throws Exception {
        try (DynamoDbAsyncClient client = dynamo.client()) {
            client.deleteTable(request -> request.tableName(table)).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void isNotReadyWhileRedisHangsAndReadyAgainAfterwards() throws Exception {
        try (RedisServer redis = RedisServer.builder().start();
                CommandRun server = CommandRun.of("--port=0", "--auth-secret=" + SECRET, "--redis=" + redis.url())) {
            int port = server.port();
            assertThat(ready(port)).isEqualTo(200);

            redis.pause();
            await().atMost(PATIENCE).until(() -> ready(port) == 503);
            redis.resume();
            await().atMost(PATIENCE).until(() -> ready(port) == 200);

            assertThat(server.output()).contains("Not ready: Redis", "Ready again: Redis");
        }
    }

    @Test
    void countsWhatTheChatDoesAndWhatTheProcessNeeds() throws Exception {
        try (CommandRun server = CommandRun.of("--port", "0")) {
            Rest nobody = new Rest(server.port(), "");
            Rest ann = new Rest(server.port(), SignInHelp.token(server.port(), "ann"));
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"hi\"}")
                            .statusCode())
                    .isEqualTo(201);

            assertThat(nobody.get("/metrics").body())
                    .contains("webchat_send_seconds_count{duplicate=\"false\"} 1")
                    .contains("webchat_send_seconds_bucket{duplicate=\"false\",le=\"0.01\"}")
                    .contains("webchat_offline_total 1.0", "webchat_sessions 0.0")
                    .contains("jvm_memory_used_bytes", "process_cpu_usage", "process_files_open_files");
        }
    }

    @Test
    void keepsTheFiguresOffOrOnAnAddressOfTheirOwn() throws Exception {
        try (CommandRun off = CommandRun.of("--port=0", "--metrics=off")) {
            assertThat(new Rest(off.port(), "").get("/metrics").statusCode()).isEqualTo(404);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (CommandRun apart = CommandRun.of("--port=0", "--metrics=127.0.0.1:" + port)) {
            assertThat(new Rest(apart.port(), "").get("/metrics").statusCode()).isEqualTo(404);
            assertThat(new Rest(port, "").get("/metrics").body()).contains("webchat_sessions");
            assertThat(new Rest(port, "").get("/").statusCode()).isEqualTo(404);
            assertThat(new Rest(port, "").post("/metrics", "{}").statusCode()).isEqualTo(405);
        }
        try (CommandRun wrong = CommandRun.of("--port=0", "--metrics=yes")) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.output()).contains("--metrics: must be on, off, or host:port");
        }
    }
}
