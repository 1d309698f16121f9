package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The npm package of the client: its types hold under the strict compiler, and the code of its README runs against a
 * server. What it needs for that is installed as its lock file says; without Node these tests are skipped.
 */
@Tag("process")
class JsClientTest {
    private static final Path SOURCES = Path.of("..", "js-client");
    private static final Path WORK = Path.of("target", "js-client");

    @BeforeAll
    static void install() throws Exception {
        NodeJs.assumeThere();
        copy();
        Path marker = WORK.resolve("node_modules").resolve(".installed-lock");
        String lock = Files.readString(SOURCES.resolve("package-lock.json"));
        if (!Files.exists(marker) || !Files.readString(marker).equals(lock)) {
            assertSucceeds(Map.of(), "npm", "ci", "--prefer-offline", "--no-progress");
            Files.writeString(marker, lock);
        }
    }

    private static void copy() throws IOException {
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> !SOURCES.relativize(file).startsWith("node_modules"))
                    .forEach(JsClientTest::copy);
        }
    }

    private static void copy(Path file) {
        Path target = WORK.resolve(SOURCES.relativize(file));
        try {
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSucceeds(Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(WORK, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(300, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    @Test
    void theTypesHoldUnderTheStrictCompiler() throws Exception {
        assertSucceeds(Map.of(), "node", "node_modules/typescript/bin/tsc", "--project", "check/types");
    }

    @Test
    void theCodeOfTheReadmeRuns() throws Exception {
        try (LocalNodes nodes = new LocalNodes(1)) {
            assertSucceeds(Map.of("WEBCHAT_URL", nodes.url(0) + "/"), "node", "check/readme.js");
        }
    }
}
