package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisServer;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Greetings and error messages of a node on Redis. */
class RedisServerOptionsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "s3cret-of-redis";

    private static CommandRun start(String url) {
        return CommandRun.of("--port", "0", "--redis", url, "--auth-secret", SECRET);
    }

    @Test
    void saysWhereMessagesAndHistoryAre() throws Exception {
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                CommandRun server = start(redis.url())) {
            assertThat(server.port()).isPositive();
            assertThat(server.output())
                    .contains("Messages wait in Redis", "rooms, profiles, blocks and accounts are kept there")
                    .containsOnlyOnce("The message history is in this node's memory")
                    .doesNotContain(PASSWORD, SECRET);
        }
    }

    @Test
    void saysInOneSentenceThatRedisIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (CommandRun server = start("redis://:" + PASSWORD + "@127.0.0.1:" + port)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use Redis").doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void saysInOneSentenceThatThePasswordIsWrongAndNotWhichItWas() throws Exception {
        try (RedisServer redis = RedisServer.builder().password("another").start();
                CommandRun server = start(redis.url().replace("another", PASSWORD))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use Redis").doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void refusesUrlsThatAreNoneWithoutShowingThem() throws Exception {
        try (CommandRun server = start("redis:/" + PASSWORD + "@nowhere:x")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void refusesANodeWhoseTokensTheOthersWouldNotTake() throws Exception {
        try (CommandRun server = CommandRun.of("--redis", "redis://localhost", "--port", "0")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--redis needs --auth-secret").doesNotContain("\tat ");
        }
    }

    @Test
    void refusesARedisBesideThatOfTheDemo() throws Exception {
        try (CommandRun server = CommandRun.of("--redis", "redis://localhost", "--demo-cluster")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--demo-cluster brings a Redis and a DynamoDB of its own");
        }
    }

    @Test
    void G1_aNodeThatAsksForAReplicaDoesNotStartWithoutOne() throws Exception {
        try (RedisServer redis = RedisServer.builder().start();
                CommandRun server = CommandRun.of(
                        "--port=0", "--redis=" + redis.url(), "--auth-secret=" + SECRET, "--redis-replicas=1")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains("cannot use Redis", "0 of 1 replicas confirm a write")
                    .doesNotContain("\tat ");
        }
    }
}
