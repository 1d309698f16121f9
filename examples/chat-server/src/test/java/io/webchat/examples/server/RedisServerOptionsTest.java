package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.testing.RedisServer;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody sees who starts a node on Redis. */
class RedisServerOptionsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "s3cret-of-redis";

    private static ServerProcess start(String url) throws Exception {
        return ServerProcess.start(Map.of("CHAT_REDIS", url, "CHAT_AUTH_SECRET", SECRET), "--port", "0");
    }

    @Test
    void saysWhereMessagesAndHistoryAre() throws Exception {
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                ServerProcess server = start(redis.url())) {
            server.port();

            // The rest of the greeting comes behind the address.
            await().untilAsserted(() -> assertThat(server.output())
                    .contains("Messages wait in Redis", "history are in this node's memory"));
            assertThat(server.output()).doesNotContain(PASSWORD, SECRET);
            server.terminate();
            assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
        }
    }

    @Test
    void saysInOneSentenceThatRedisIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (ServerProcess server = start("redis://:" + PASSWORD + "@127.0.0.1:" + port)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use Redis").doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void saysInOneSentenceThatThePasswordIsWrongAndNotWhichItWas() throws Exception {
        try (RedisServer redis = RedisServer.builder().password("another").start();
                ServerProcess server = start(redis.url().replace("another", PASSWORD))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use Redis").doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void refusesUrlsThatAreNoneWithoutShowingThem() throws Exception {
        try (ServerProcess server = start("redis:/" + PASSWORD + "@nowhere:x")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void refusesANodeWhoseTokensTheOthersWouldNotTake() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("CHAT_REDIS", "redis://localhost"), "--port", "0")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--redis needs --auth-secret").doesNotContain("\tat ");
        }
    }

    @Test
    void refusesARedisBesideThatOfTheDemo() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("CHAT_REDIS", "redis://localhost"), "--demo-cluster")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--demo-cluster brings a Redis and a DynamoDB of its own");
        }
    }
}
