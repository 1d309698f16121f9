package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the unit tests of the web client's modules in Node. */
class WebClientTest {
    private static final int OLDEST_NODE = 18;

    private static Process node(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(new File("src/test/js"))
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int majorVersion() {
        try {
            String version = output(node("--version")).strip();
            return version.startsWith("v")
                    ? Integer.parseInt(version.substring(1).split("\\.", -1)[0])
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void theModulesOfTheWebClientDoWhatTheirTestsSay() throws Exception {
        assumeTrue(
                majorVersion() >= OLDEST_NODE,
                "node 18 or newer is not on the PATH: the web client's tests are skipped");
        Process tests = node("--test");
        String report = output(tests);

        assertThat(tests.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tests.exitValue()).as(report).isZero();
        assertThat(report).containsPattern("# tests [1-9]|ℹ tests [1-9]");
    }
}
