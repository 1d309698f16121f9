package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.UserId;
import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody sees who starts a node on DynamoDB. */
@ExtendWith(DynamoServers.class)
class DynamoServerOptionsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static ServerProcess start(String endpoint, String... options) throws Exception {
        return ServerProcess.start(
                Map.of("CHAT_DYNAMO", endpoint, "CHAT_PORT", "0", "CHAT_AUTH_SECRET", SECRET), options);
    }

    private static String token(String user) {
        return new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1), Clock.systemUTC())
                .issue(UserId.of(user))
                .token();
    }

    @Test
    void makesTheTableOfALocalDynamoAndFindsThereWhatItKept(DynamoEndpoint dynamo) throws Exception {
        String table = "options-" + System.nanoTime();
        try (ServerProcess server = start(dynamo.uri().toString(), "--table", table)) {
            Rest ann = new Rest(server.port(), token("ann"));
            assertThat(ann.put("/v1/profiles/me", "{\"name\":\"Ann\"}").statusCode())
                    .isEqualTo(200);
            assertThat(ann.post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"kept\"}")
                            .statusCode())
                    .isEqualTo(201);
            // The rest of the greeting comes behind the address.
            await().untilAsserted(() -> assertThat(server.output()).contains("kept in DynamoDB"));
            assertThat(server.output()).doesNotContain(SECRET);

            server.terminate();
            assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(server.output()).doesNotContain("Exception");
        }
        try (ServerProcess server = start(dynamo.uri().toString(), "--table", table)) {
            Rest bob = new Rest(server.port(), token("bob"));

            assertThat(bob.get("/v1/profiles/ann").body()).contains("Ann");
            assertThat(bob.get("/v1/rooms/team").body()).contains("The team");
            assertThat(bob.get("/v1/call-logs/ann~bob/messages").body()).contains("kept");
        }
    }

    @Test
    void saysInOneSentenceThatDynamoIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (ServerProcess server = start("http://localhost:" + port)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use DynamoDB").doesNotContain("\tat ");
        }
    }

    @Test
    void neverMakesATableOutsideALocalDynamo() throws Exception {
        Map<String, String> nobody = Map.of(
                "AWS_EC2_METADATA_DISABLED", "true", "AWS_CONFIG_FILE", "/dev/null", "AWS_REGION", "", "HOME", "/");
        try (ServerProcess server = ServerProcess.start(nobody, "--dynamo", "aws", "--port", "0")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output()).contains("cannot use DynamoDB").doesNotContain("\tat ");
        }
    }

    @Test
    void tellsAllFaultsOfTheOptionsAtOnceAndNoSecret() throws Exception {
        try (ServerProcess server = ServerProcess.start(
                Map.of("CHAT_DYNAMO", "ftp://x", "CHAT_TABLE", "?", "CHAT_REDIS", "redis:/s3cret@x"),
                "--port=70000",
                "--auth-secret=short",
                "--window=0",
                "--ping-timeout=1")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .contains("--port must be", "--dynamo:", "--table:", "--redis:", "--auth-secret must have")
                    .contains("window must be 1 to", "--ping-timeout must be")
                    .doesNotContain("s3cret", "short", "\tat ");
        }
    }
}
