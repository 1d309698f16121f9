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
    /** All files in one process: a process for each file takes five times as long. */
    private static final String ALL_FILES = "import { readdirSync } from 'node:fs';"
            + "for (const file of readdirSync('.').filter((each) => each.endsWith('.test.js'))) {"
            + "  await import('./' + file);"
            + "}";

    private static Process node(String folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(new File(folder))
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void theModulesOfThePageDoWhatTheirTestsSay() throws Exception {
        assertTestsPass(PAGE, "--import", "./packages.js");
    }

    @Test
    void theModulesOfTheClientDoWhatTheirTestsSay() throws Exception {
        assertTestsPass(CLIENT);
    }

    private static void assertTestsPass(String folder, String... arguments) throws Exception {
        NodeJs.assumeThere();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--input-type=module", "--eval", ALL_FILES));
        Process tests = node(folder, all);
        String report = NodeJs.output(tests);

        assertThat(tests.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tests.exitValue()).as(report).isZero();
        assertThat(report).containsPattern("# tests [1-9]|ℹ tests [1-9]");
    }
}
