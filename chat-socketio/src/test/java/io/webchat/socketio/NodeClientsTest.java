package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webchat.core.ids.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official clients of Socket.IO 1.7, 2 and 4, run by Node.js (18 or later, from the PATH) with the packages
 * that the lock file names. Without Node these tests are skipped.
 */
@Tag("process")
class NodeClientsTest {
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path WORK = Path.of("target", "js");
    private static final int OLDEST_NODE = 18;

    private ChatTestServer server;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(nodeVersion() >= OLDEST_NODE, "SKIPPED: Node.js 18 or later is not on the PATH");
        Files.createDirectories(WORK);
        for (String file :
                List.of("package.json", "package-lock.json", ".npmrc", "flow.js", "refused.js", "disconnected.js")) {
            Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path marker = WORK.resolve("node_modules").resolve(".installed-lock");
        String lock = Files.readString(SOURCES.resolve("package-lock.json"));
        if (!Files.exists(marker) || !Files.readString(marker).equals(lock)) {
            Result install = run(300, "npm", "ci", "--prefer-offline", "--no-progress");
            assertThat(install.status()).as(install.output()).isZero();
            Files.writeString(marker, lock);
        }
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            Result version = run(60, "node", "--version");
            return version.status() == 0
                    ? Integer.parseInt(version.output().strip().replaceAll("v(\\d+)\\..*", "$1"))
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private record Result(int status, String output) {}

    private static Result run(int seconds, String... command) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        Path output = Files.createTempFile(WORK, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            return new Result(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    @Test
    void theClientThatTheExampleServerCarriesIsThatOfThePackage() throws Exception {
        Path packaged = Path.of("node_modules", "socket.io-client-4", "dist", "socket.io.min.js");
        Path carried = Path.of("..", "examples", "chat-server", "src/main/resources/web/webjars/socket.io-client");

        String code = Files.readString(carried.resolve("socket.io.min.js"));
        assertThat(code).isEqualTo(Files.readString(WORK.resolve(packaged)));
    }

    @BeforeEach
    void start() {
        server = new ChatTestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A client that entered with a token renews it, too. */
    @ParameterizedTest(name = "socket.io-client {0}.x over {1}, entering by {2}")
    @CsvSource({
        "4, both, token",
        "2, both, token",
        "1, both, token",
        "1, polling, join",
    })
    void talks(String generation, String transport, String entry) throws Exception {
        converse(generation, transport, entry);
    }

    @Tag("full")
    @ParameterizedTest(name = "socket.io-client {0}.x over {1}, entering by {2}")
    @CsvSource({
        "4, polling, token",
        "4, websocket, token",
        "2, polling, token",
        "2, websocket, token",
        "2, both, join",
        "1, polling, token",
        "1, websocket, token",
        "1, both, join",
    })
    void talksInEveryOtherWay(String generation, String transport, String entry) throws Exception {
        converse(generation, transport, entry);
    }

    /** Such a client would reconnect without end if only its connection were closed. */
    @ParameterizedTest(name = "socket.io-client {0}.x over {1}")
    @CsvSource({"2, both", "1, both", "2, polling", "1, websocket"})
    void aRefusedClientOfAnOldGenerationStaysAway(String generation, String transport) throws Exception {
        Result result = run(
                60, "node", "refused.js", generation, transport, server.http().toString());

        assertThat(result.status()).as(result.output()).isZero();
    }

    @ParameterizedTest(name = "socket.io-client {0}.x over {1}")
    @CsvSource({"4, both", "2, polling", "1, both"})
    void G16_aClientThatTheApplicationDisconnectsIsToldSoAndStaysAway(String generation, String transport)
            throws Exception {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            await().until(() -> !server.chat
                    .callLogs()
                    .conversations(UserId.of("witness-" + generation), 1, "")
                    .toCompletableFuture()
                    .join()
                    .items()
                    .isEmpty());
            server.chat
                    .host()
                    .disconnect(UserId.of("alice"))
                    .toCompletableFuture()
                    .join();
        });

        Result result = run(
                60,
                "node",
                "disconnected.js",
                generation,
                transport,
                server.http().toString());

        assertThat(result.status()).as(result.output()).isZero();
        ended.join();
    }

    private void converse(String generation, String transport, String entry) throws Exception {
        Result result = run(
                120,
                "node",
                "flow.js",
                generation,
                transport,
                entry,
                server.http().toString());

        assertThat(result.status()).as(result.output()).isZero();
    }
}
