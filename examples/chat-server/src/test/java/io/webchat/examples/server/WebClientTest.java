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

/** Runs the unit tests of the page's modules, and of the client that it is made with, in Node. */
class WebClientTest {
    private static final String PAGE = "src/test/js";
    private static final String CLIENT = "../js-client/test";
    private static final int OLDEST_NODE = 20;

    private static Process node(String folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(new File(folder))
                .redirectErrorStream(true)
                .start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int majorVersion() {
        try {
            String version = output(node(PAGE, "--version")).strip();
            return version.startsWith("v")
                    ? Integer.parseInt(version.substring(1).split("\\.", -1)[0])
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void theModulesOfThePageDoWhatTheirTestsSay() throws Exception {
        assertTestsPass(PAGE, "--import", "./packages.js", "--test");
    }

    @Test
    void theModulesOfTheClientDoWhatTheirTestsSay() throws Exception {
        assertTestsPass(CLIENT, "--test");
    }

    private static void assertTestsPass(String folder, String... arguments) throws Exception {
        assumeTrue(
                majorVersion() >= OLDEST_NODE,
                "node 20 or newer is not on the PATH: the web client's tests are skipped");
        Process tests = node(folder, arguments);
        String report = output(tests);

        assertThat(tests.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tests.exitValue()).as(report).isZero();
        assertThat(report).containsPattern("# tests [1-9]|ℹ tests [1-9]");
    }
}
