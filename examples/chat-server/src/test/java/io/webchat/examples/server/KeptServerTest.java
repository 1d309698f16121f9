package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.webchat.examples.server.local.DataFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with {@code --data} keeps everything on one machine. */
class KeptServerTest {
    private static final int MESSAGES = 20;

    private static ServerProcess start(Path folder) throws Exception {
        return ServerProcess.start(Map.of(), "--port=0", "--data", folder.toString());
    }

    private static CommandRun inThisJvm(Path folder) {
        return CommandRun.of("--port=0", "--data", folder.toString());
    }

    private static Socket connect(int port, String token, List<String> texts) {
        Socket socket = IO.socket(
                URI.create("http://127.0.0.1:" + port),
                IO.Options.builder()
                        .setForceNew(true)
                        .setAuth(Map.of("token", token))
                        .build());
        socket.on("chat", args -> {
            texts.add(((JSONObject) args[0]).optString("Text"));
            if (args[args.length - 1] instanceof Ack confirm) {
                confirm.call();
            }
        });
        return socket.connect();
    }

    @Tag("process")
    @Tag("full")
    @Test
    void G1_whatWasAcknowledgedSurvivesKillMinus9AndEverythingElseIsThereAgain(@TempDir Path folder) throws Exception {
        String tokenOfAnn;
        List<String> acknowledged = new ArrayList<>();
        try (ServerProcess server = start(folder)) {
            tokenOfAnn = SignInHelp.token(server.port(), "ann");
            Rest ann = new Rest(server.port(), tokenOfAnn);
            SignInHelp.token(server.port(), "bob");
            assertThat(ann.put("/v1/profiles/me", "{\"name\":\"Ann\"}").statusCode())
                    .isEqualTo(200);
            assertThat(ann.post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}")
                            .statusCode())
                    .isEqualTo(201);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"kept " + i + "\"}")
                                .statusCode())
                        .isEqualTo(201);
                acknowledged.add("kept " + i);
            }
            server.kill();
        }
        try (ServerProcess server = start(folder)) {
            Rest ann = new Rest(server.port(), tokenOfAnn);
            assertThat(ann.get("/v1/profiles/me").body()).as("the old token").contains("Ann");
            assertThat(ann.get("/v1/rooms/team").body()).contains("The team");
            assertThat(ann.get("/v1/call-logs/ann~bob/messages").body()).contains(acknowledged);
            assertThat(new Rest(server.port(), "")
                            .post("/v1/login", "{\"user\":\"bob\",\"password\":\"not that of bob\"}")
                            .statusCode())
                    .isEqualTo(401);
            List<String> atBob = new CopyOnWriteArrayList<>();
            Socket bob = connect(server.port(), SignInHelp.token(server.port(), "bob"), atBob);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(atBob).containsExactlyElementsOf(acknowledged));
            } finally {
                bob.close();
            }
        }
    }

    @Test
    void aFolderBelongsToOneServer(@TempDir Path folder) throws Exception {
        try (CommandRun server = inThisJvm(folder)) {
            assertThat(server.output()).contains("kept in " + folder);
            Rest ann = new Rest(server.port(), SignInHelp.token(server.port(), "ann"));
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"kept\"}")
                            .statusCode())
                    .isEqualTo(201);
            try (CommandRun second = inThisJvm(folder)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output()).contains("another server uses it").doesNotContain("\tat ");
            }
            server.stop();
            assertThat(server.output()).doesNotContain("Exception");
        }
        DataFolder.open(folder).close();
    }

    @Tag("process")
    @Tag("full")
    @Test
    void aFolderBelongsToOneServerAndIsFreeAfterItsEnd(@TempDir Path folder) throws Exception {
        try (ServerProcess server = start(folder)) {
            server.port();
            await().untilAsserted(() -> assertThat(server.output()).contains("kept in " + folder));
            try (ServerProcess second = start(folder)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output()).contains("another server uses it").doesNotContain("\tat ");
            }
            server.terminate();
            assertThat(server.exitCode()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(server.output()).doesNotContain("Exception");
        }
        try (ServerProcess again = start(folder)) {
            assertThat(again.port()).isPositive();
        }
    }

    @Tag("full")
    @Test
    void aNodeOnANearlyFullDiskIsNotReadyAndTakesMessages(@TempDir Path folder) throws Exception {
        // Two petabytes, which no disk of a test has.
        try (CommandRun server =
                CommandRun.of("--port=0", "--data", folder.toString(), "--min-free-disk=" + Integer.MAX_VALUE)) {
            int port = server.port();

            assertThat(new Rest(port, "").get("/health/ready").statusCode()).isEqualTo(503);
            await().untilAsserted(() -> assertThat(server.output())
                    .containsOnlyOnce("Not ready: the disk of the data folder: disk nearly full: "));
            Rest ann = new Rest(port, SignInHelp.token(port, "ann"));
            assertThat(ann.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"hi\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void saysInOneSentenceThatTheFolderCannotBeUsed(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (CommandRun server = inThisJvm(file)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .contains("cannot use the folder " + file)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesOtherPlacesBesideTheFolder(@TempDir Path folder) throws Exception {
        try (CommandRun server = CommandRun.of("--dynamo=aws", "--data", folder.toString(), "--port=0")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("--data keeps everything on this machine");
        }
    }
}
