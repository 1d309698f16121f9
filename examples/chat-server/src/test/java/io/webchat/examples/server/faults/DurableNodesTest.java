package io.webchat.examples.server.faults;

import static io.webchat.examples.server.faults.Fault.DEAF_DYNAMO;
import static io.webchat.examples.server.faults.Fault.EMPTY_REDIS;
import static io.webchat.examples.server.faults.Fault.KILL_NODE;
import static io.webchat.examples.server.faults.Fault.RESTART_DYNAMO;
import static io.webchat.examples.server.faults.Fault.RESTART_REDIS;
import static io.webchat.examples.server.faults.Fault.STOP_REDIS;
import static io.webchat.examples.server.faults.Fault.THROTTLE_DYNAMO;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.faults.Schedule.Step;
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

/** One kind of fault after the other, under traffic, on two server processes over Redis and DynamoDB. */
@Tag("process")
@Tag("fault")
@Tag("full")
class DurableNodesTest {
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

    private Round.Result run(String name, Step... steps) throws Exception {
        Round.Result result = Round.run(site, name, List.of(steps), random);
        assertThat(result.violations()).as("seed %s", SEED).isEmpty();
        assertThat(result.acknowledged()).as("messages").isPositive();
        return result;
    }

    private static long count(Round.Result result, Kind kind, String detail) {
        return result.history()
                .of(kind)
                .filter(each -> each.detail().equals(detail))
                .count();
    }

    @Test
    void G1_G2_G11_nodesThatAreKilledLoseNoMessageNoReceiptAndNoMark() throws Exception {
        run(
                "kills",
                new Step(KILL_NODE, 0, 1_000, 1_500),
                new Step(KILL_NODE, 1, 6_000, 6_500),
                new Step(KILL_NODE, 0, 10_000, 10_500));
    }

    @Test
    void G8_aRedisThatComesBackEmptyLosesNothingThoughNodesAreKilled() throws Exception {
        Round.Result result = run(
                "empty",
                new Step(EMPTY_REDIS, 0, 1_000, 1_800),
                new Step(KILL_NODE, 0, 4_000, 4_500),
                new Step(EMPTY_REDIS, 0, 5_000, 5_500),
                new Step(KILL_NODE, 1, 8_000, 8_500));

        assertThat(result.history().of(Kind.LOST_DATA)).hasSize(2);
    }

    @Test
    void G9_aDynamoDbThatIsAwayRefusesInTimeAndHealsWithoutARestart() throws Exception {
        Round.Result result = run(
                "dynamo",
                new Step(RESTART_DYNAMO, 0, 1_000, 9_000),
                new Step(DEAF_DYNAMO, 0, 12_000, 19_000),
                new Step(THROTTLE_DYNAMO, 0, 20_000, 22_000));

        assertThat(count(result, Kind.REFUSED, "unavailable")).isPositive();
    }

    @Test
    void G9_aRedisThatIsAwayRefusesInTimeAndHealsWithoutARestart() throws Exception {
        Round.Result result =
                run("redis", new Step(RESTART_REDIS, 0, 1_000, 7_000), new Step(STOP_REDIS, 0, 9_000, 15_000));

        assertThat(count(result, Kind.REFUSED, "unavailable")).isPositive();
    }
}
