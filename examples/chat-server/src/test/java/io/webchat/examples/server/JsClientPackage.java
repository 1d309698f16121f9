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

/**
 * The npm package of the client, copied into the build's folder, with what its lock file names installed. Without Node
 * the tests that ask for it are skipped.
 */
final class JsClientPackage {
    private static final Path SOURCES = Path.of("..", "js-client");
    private static final Path WORK = Path.of("target", "js-client");

    private JsClientPackage() {}

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
                    .forEach(JsClientPackage::copy);
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

    /** A command in the folder of the package; what it says of faults goes where its output goes. */
    static ProcessBuilder command(String... words) {
        return new ProcessBuilder(List.of(words)).directory(WORK.toFile()).redirectErrorStream(true);
    }

    /** Runs a command to its end, which has to be a good one. */
    static void assertSucceeds(Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(WORK, "run", ".log");
        ProcessBuilder builder = command(command).redirectOutput(output.toFile());
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
}
