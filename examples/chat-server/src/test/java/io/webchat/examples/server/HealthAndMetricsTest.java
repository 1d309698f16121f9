package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What orchestrators and Prometheus see of a node. */
@ExtendWith(DynamoServers.class)
class HealthAndMetricsTest {
    private static int ready(int port) throws Exception {
        return new Rest(port, "").get("/health/ready").statusCode();
    }

    @Test
    void isReadyWhileRedisAndDynamoAnswer(DynamoServer dynamo) throws Exception {
        try (RedisServer redis = RedisServer.builder().start();
                ServerProcess server = ServerProcess.start(
                        Map.of("CHAT_AUTH_SECRET", "0123456789abcdef0123456789abcdef"),
                        "--port=0",
                        "--redis=" + redis.url(),
                        "--dynamo=" + dynamo.endpoint().uri())) {
            int port = server.port();
            assertThat(ready(port)).isEqualTo(200);

            dynamo.kill();
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == 503);
            assertThat(new Rest(port, "").get("/health/live").statusCode()).isEqualTo(200);
            dynamo.restart();
            // Its table was in memory, too.
            assertThat(ready(port)).isEqualTo(503);
            assertThat(server.output()).contains("Not ready: DynamoDB").doesNotContain("\tat ");
        }
    }

    @Test
    void isNotReadyWhileRedisHangsAndReadyAgainAfterwards() throws Exception {
        try (RedisServer redis = RedisServer.builder().start();
                ServerProcess server = ServerProcess.start(
                        Map.of("CHAT_AUTH_SECRET", "0123456789abcdef0123456789abcdef"),
                        "--port=0",
                        "--redis=" + redis.url())) {
            int port = server.port();
            assertThat(ready(port)).isEqualTo(200);

            redis.pause();
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == 503);
            redis.resume();
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == 200);

            assertThat(server.output()).contains("Not ready: Redis", "Ready again: Redis");
        }
    }

    @Test
    void countsWhatTheChatDoesAndWhatTheProcessNeeds() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of(), "--port", "0")) {
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
        try (ServerProcess off = ServerProcess.start(Map.of(), "--port=0", "--metrics=off")) {
            assertThat(new Rest(off.port(), "").get("/metrics").statusCode()).isEqualTo(404);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ServerProcess apart = ServerProcess.start(Map.of(), "--port=0", "--metrics=127.0.0.1:" + port)) {
            assertThat(new Rest(apart.port(), "").get("/metrics").statusCode()).isEqualTo(404);
            assertThat(new Rest(port, "").get("/metrics").body()).contains("webchat_sessions");
            assertThat(new Rest(port, "").get("/").statusCode()).isEqualTo(404);
            assertThat(new Rest(port, "").post("/metrics", "{}").statusCode()).isEqualTo(405);
        }
        try (ServerProcess wrong = ServerProcess.start(Map.of(), "--port=0", "--metrics=yes")) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.output()).contains("--metrics: must be on, off, or host:port");
        }
    }
}
