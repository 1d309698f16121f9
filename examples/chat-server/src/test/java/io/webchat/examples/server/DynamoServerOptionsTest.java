package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.UserId;
import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.http.Tokens;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Greetings, error messages and stored data of a node on DynamoDB. */
@ExtendWith(DynamoServers.class)
class DynamoServerOptionsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static CommandRun start(String endpoint, String... options) {
        List<String> all = new ArrayList<>(List.of("--port=0", "--dynamo=" + endpoint, "--auth-secret=" + SECRET));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static String token(String user) {
        return new Tokens(SECRET.getBytes(StandardCharsets.UTF_8), Duration.ofHours(1), Clock.systemUTC())
                .issue(UserId.of(user))
                .token();
    }

    @Test
    void makesTheTableOfALocalDynamoAndFindsThereWhatItKept(DynamoEndpoint dynamo) throws Exception {
        String table = "options-" + System.nanoTime();
        try (CommandRun server = start(dynamo.uri().toString(), "--table", table)) {
            Rest ann = new Rest(server.port(), token("ann"));
            assertThat(ann.put("/v1/profiles/me", "{\"name\":\"Ann\"}").statusCode())
                    .isEqualTo(200);
            assertThat(ann.post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"kept\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(server.output()).contains("kept in DynamoDB").doesNotContain(SECRET);

            server.stop();
            assertThat(server.output()).doesNotContain("Exception");
        }
        try (CommandRun server = start(dynamo.uri().toString(), "--table", table)) {
            Rest bob = new Rest(server.port(), token("bob"));

            assertThat(bob.get("/v1/profiles/ann").body()).contains("Ann");
            assertThat(bob.get("/v1/rooms/team").body()).contains("The team");
            assertThat(bob.get("/v1/call-logs/ann~bob/messages").body()).contains("kept");
        }
    }

    @Test
    void refusesASecondNodeOnTheTableWithoutRedis(DynamoEndpoint dynamo) {
        String table = "alone-" + System.nanoTime();
        try (CommandRun first = start(dynamo.uri().toString(), "--table", table);
                CommandRun second = start(dynamo.uri().toString(), "--table", table)) {
            assertThat(first.isRunning()).isTrue();
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .contains("cannot use DynamoDB: another node uses the table " + table, "give --redis to both")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void saysInOneSentenceThatDynamoIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (CommandRun server = start("http://localhost:" + port)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains("cannot use DynamoDB at http://localhost:" + port)
                    .doesNotContain("\tat ");
        }
    }

    /** A process, because AWS's client reads its region and credentials from the environment. */
    @Tag("process")
    @Test
    void neverMakesATableOutsideALocalDynamo() throws Exception {
        Map<String, String> nobody = Map.of(
                "AWS_EC2_METADATA_DISABLED", "true", "AWS_CONFIG_FILE", "/dev/null", "AWS_REGION", "", "HOME", "/");
        try (ServerProcess server = ServerProcess.start(nobody, "--dynamo", "aws", "--port", "0")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--dynamo aws: no ").doesNotContain("\tat ");
        }
    }

    @Test
    void tellsAllFaultsOfTheOptionsAtOnceAndNoSecret() throws Exception {
        try (CommandRun server = CommandRun.of(
                "--dynamo=ftp://x",
                "--table=?",
                "--redis=redis:/s3cret@x",
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
