package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server as an operating system runs it: environment variables, SIGTERM, exit codes. */
@Tag("process")
@ExtendWith(DynamoServers.class)
class ServerProcessTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String PASSWORD = "s3cret-of-redis";

    @Test
    void takesItsOptionsFromTheEnvironmentAndTheCommandLineWins() throws Exception {
        try (ServerProcess server = ServerProcess.start(
                Map.of("CHAT_PORT", "1", "CHAT_LEGACY_JOIN", "true", "CHAT_HOST", "127.0.0.1"), "--port=0")) {
            assertThat(server.port()).isGreaterThan(1);
            assertThat(server.output()).contains("127.0.0.1").contains("Legacy join is on");
        }
    }

    @Tag("full")
    @Test
    void G14_endsInOrderOnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of(), "--port", "0")) {
            server.port();
            server.terminate();

            assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    @Test
    void G14_aNodeOverRedisAndDynamoDbEndsInOrderOnSigterm(DynamoEndpoint dynamo) throws Exception {
        Map<String, String> environment = Map.of(
                "CHAT_PORT",
                "0",
                "CHAT_AUTH_SECRET",
                SECRET,
                "CHAT_DYNAMO",
                dynamo.uri().toString(),
                "CHAT_TABLE",
                "sigterm-" + System.nanoTime());
        try (RedisServer redis = RedisServer.builder().password(PASSWORD).start();
                ServerProcess server = ServerProcess.start(environment, "--redis", redis.url())) {
            Rest ann = new Rest(server.port(), SignInHelp.token(server.port(), "ann"));
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"kept\"}")
                            .statusCode())
                    .isEqualTo(201);
            // The address is printed before the rest of the greeting.
            await().untilAsserted(() ->
                    assertThat(server.output()).contains("Messages wait in Redis", "are kept in DynamoDB"));
            assertThat(server.output()).doesNotContain(PASSWORD, SECRET);

            server.terminate();
            assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(server.output()).doesNotContain("Exception");
        }
    }

    @Tag("full")
    @Test
    void anErrorOfTheOptionsEndsTheProcessWithCode2() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of("CHAT_REDIS", "redis:/s3cret@x"), "--port=70000")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--port must be", "--redis:").doesNotContain("s3cret", "\tat ");
        }
    }
}
