package io.webchat.examples.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The Node.js of this machine, which runs the tests of JavaScript. */
final class NodeJs {
    private static final int OLDEST = 20;

    private NodeJs() {}

    /** Skips the test unless Node.js is on the PATH and new enough. */
    static void assumeThere() {
        assumeTrue(majorVersion() >= OLDEST, "SKIPPED: Node.js 20 or later is not on the PATH");
    }

    private static int majorVersion() {
        try {
            String version =
                    output(new ProcessBuilder("node", "--version").start()).strip();
            return version.startsWith("v")
                    ? Integer.parseInt(version.substring(1).split("\\.", -1)[0])
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Returns everything that a process prints, once it has ended its output. */
    static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
