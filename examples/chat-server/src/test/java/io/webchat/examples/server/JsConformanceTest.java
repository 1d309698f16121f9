package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The conformance suite of the npm client: nothing is lost, doubled or out of order while servers are killed and
 * started again. The suite runs in Node. It asks this class to do that by lines, which {@code conformance/runner.js}
 * describes.
 */
@Tag("process")
@Tag("full")
@ExtendWith({RedisServers.class, DynamoServers.class})
class JsConformanceTest {
    private static final String COMMAND = ">> ";
    /** The suite sends more than this to somebody who is away. */
    private static final int MOST_QUEUED = 40;

    @BeforeAll
    static void install() throws Exception {
        JsClientPackage.install();
    }

    @Test
    void G1_G2_G3_G6_G10_theClientHoldsWhatItPromisesWhileServersDie(RedisEndpoint redis, DynamoEndpoint dynamo)
            throws Exception {
        Map<String, String> environment = Map.of(
                "CHAT_REDIS", redis.url(),
                "CHAT_DYNAMO", dynamo.uri().toString(),
                "CHAT_TABLE", "conformance-" + System.nanoTime(),
                "CHAT_MAX_QUEUED", Integer.toString(MOST_QUEUED));
        try (NodeProcesses nodes = new NodeProcesses(2, node -> environment)) {
            Process suite =
                    JsClientPackage.command("node", "conformance/suite.js").start();
            try {
                String report = serve(suite, nodes);
                System.out.println(report);
                assertThat(suite.waitFor(30, TimeUnit.SECONDS)).as(report).isTrue();
                assertThat(suite.exitValue()).as(report).isZero();
                assertThat(report).containsPattern("# pass [1-9]|ℹ pass [1-9]");
            } finally {
                suite.destroyForcibly();
            }
        }
    }

    /** Does what the suite asks for until it ends its output; returns the other lines of that. */
    private static String serve(Process suite, NodeProcesses nodes) throws IOException {
        StringBuilder report = new StringBuilder();
        try (BufferedReader lines = suite.inputReader(StandardCharsets.UTF_8);
                Writer answers = suite.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(COMMAND)) {
                    answers.write(answer(line.substring(COMMAND.length()).split(" ", -1), nodes) + "\n");
                    answers.flush();
                } else {
                    report.append(line).append('\n');
                }
            }
        }
        return report.toString();
    }

    private static String answer(String[] words, NodeProcesses nodes) throws IOException {
        return switch (words[0]) {
            case "ports" -> "ok " + nodes.port(0) + " " + nodes.port(1);
            case "kill" -> {
                nodes.get(Integer.parseInt(words[1])).kill();
                yield "ok";
            }
            case "restart" -> {
                nodes.restartTheDead();
                yield "ok";
            }
            case "token" -> "ok " + nodes.tokenFor(words[1], Duration.ofSeconds(Long.parseLong(words[2])));
            default -> "failed: there is no command " + words[0];
        };
    }
}
