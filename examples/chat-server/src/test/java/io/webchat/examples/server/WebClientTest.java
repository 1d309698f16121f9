package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the unit tests of the page's modules, and of the client that it is made with, in Node. */
class WebClientTest {
    private static final String PAGE = "src/test/js";
    private static final String CLIENT = "../js-client/test";

    private static Process node(String folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(new File(folder))
                .redirectErrorStream(true)
                .start();
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
        NodeJs.assumeThere();
        Process tests = node(folder, arguments);
        String report = NodeJs.output(tests);

        assertThat(tests.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tests.exitValue()).as(report).isZero();
        assertThat(report).containsPattern("# tests [1-9]|ℹ tests [1-9]");
    }
}
