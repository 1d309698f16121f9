package io.webchat.examples.server.faults;

import static io.webchat.examples.server.faults.Fault.DRAIN_NODE;
import static io.webchat.examples.server.faults.Fault.KILL_NODE;
import static io.webchat.examples.server.faults.Fault.RESTART_REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.faults.Schedule.Step;
import io.webchat.examples.server.history.History;
import io.webchat.examples.server.history.Kind;
import io.webchat.redis.testing.RedisServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault of each main kind, under traffic, on two server processes over Redis and DynamoDB. Each build runs these;
 * {@link DurableNodesTest} and {@link FaultsTest} break more, and for longer.
 */
@Tag("process")
@Tag("fault")
class ShortFaultsTest {
    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static FaultyCluster site;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        RedisServers.assumeOwnServers();
        site = FaultyCluster.start(folder, new Random(SEED));
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    private History run(String name, Step step) throws Exception {
        Round.Result result = Round.run(site, name, List.of(step), random);
        assertThat(result.violations()).as("seed %s", SEED).isEmpty();
        assertThat(result.acknowledged()).as("messages").isPositive();
        return result.history();
    }

    @Test
    void G1_G2_G3_G11_aKilledNodeLosesNoMessageAndNoReceipt() throws Exception {
        run("kill", new Step(KILL_NODE, 0, 500, 600));
    }

    @Test
    void G9_aKilledRedisRefusesMessagesAndHealsWithoutARestartOfTheNodes() throws Exception {
        History history = run("redis", new Step(RESTART_REDIS, 0, 500, 2_000));

        assertThat(history.of(Kind.REFUSED))
                .allSatisfy(each -> assertThat(each.detail()).isEqualTo("unavailable"));
    }

    @Test
    void G14_aNodeThatDrainsOnSigtermLosesNothing() throws Exception {
        History history = run("drain", new Step(DRAIN_NODE, 1, 500, 600));

        assertThat(history.of(Kind.EXITED)).hasSize(1);
    }
}
