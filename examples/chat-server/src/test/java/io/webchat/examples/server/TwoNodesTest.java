package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two server processes over one Redis, with real clients, while nodes die, drain and come back. */
@Tag("process")
@Tag("full")
@ExtendWith(RedisServers.class)
class TwoNodesTest {
    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());
    private static final int ROUNDS = 3;
    private static final int STORM = 500;

    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static RedisServer redis;

    @SuppressWarnings("NullAway.Init")
    private static NodeProcesses nodes;

    @BeforeAll
    static void start(RedisServer redis) throws Exception {
        TwoNodesTest.redis = redis;
        nodes = new NodeProcesses(redis.url(), 2);
    }

    @AfterAll
    static void close() throws Exception {
        nodes.close();
    }

    /** A test that failed may have left one dead. */
    @BeforeEach
    void restart() throws Exception {
        nodes.restartTheDead();
    }

    @Test
    void G1_G2_G3_G4_G6_nodesThatAreKilledAtRandomLoseNothingDoubleNothingAndKeepTheOrder() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "kills", random)) {
            for (int round = 0; round < ROUNDS; round++) {
                crowd.awaitMore(50 + random.nextInt(500));
                int victim = random.nextInt(2);
                nodes.get(victim).kill();
                crowd.awaitMore(50 + random.nextInt(200));
                nodes.restart(victim);
            }
            crowd.awaitMore(50);

            crowd.finish("seed " + SEED);
            assertThat(crowd.again())
                    .as("messages that came again, seed " + SEED)
                    .isPositive();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(crowd.receivers())
                            .allSatisfy(user -> assertThat(redis.command("LLEN", "chat:{u:" + user + "}:q"))
                                    .as("confirmed by " + user)
                                    .isEqualTo(0L)));
        }
    }

    @Test
    void G14_aRollingRestartLosesNothing() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "restart", random)) {
            for (int node = 0; node < nodes.count(); node++) {
                crowd.awaitMore(100);
                nodes.get(node).terminate();
                assertThat(nodes.get(node).exitCode()).as("128 + SIGTERM").isEqualTo(143);
                assertThat(nodes.get(node).output()).doesNotContain("Exception");
                crowd.awaitMore(100);
                nodes.restart(node);
            }
            crowd.awaitMore(100);

            crowd.finish("seed " + SEED);
            assertThat(crowd.refusals()).as("what a resend cures").isSubsetOf("unavailable");
        }
    }

    @Test
    void G5_aNodeThatHungForAWhileCatchesUp() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "hang", random)) {
            crowd.awaitMore(100);
            nodes.get(0).pause();
            crowd.awaitMoreOf(1, 100);
            nodes.get(0).resume();
            crowd.awaitMore(100);

            crowd.finish("seed " + SEED);
        }
    }

    @Test
    void G15_aCrowdThatComesBackAtOnceCostsRedisAFewCommandsEach() throws Exception {
        List<Link> links = new ArrayList<>();
        try {
            IntStream.range(0, STORM).forEach(i -> links.add(new Link(nodes, "user" + i, 0, new Silent())));
            await().atMost(Duration.ofSeconds(60)).until(() -> links.stream().allMatch(Link::isConnected));
            await().until(() -> calls("publish") >= STORM);
            redis.command("CONFIG", "RESETSTAT");

            nodes.get(0).kill();
            await().atMost(Duration.ofSeconds(10)).until(() -> links.stream().noneMatch(Link::isConnected));
            await().atMost(Duration.ofSeconds(60)).until(() -> links.stream().allMatch(Link::isConnected));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(calls("publish")).isGreaterThanOrEqualTo(STORM));

            assertThat(calls("subscribe")).as("subscribe").isBetween(1L, (long) STORM);
            assertThat(calls("publish")).as("sessions announced").isLessThanOrEqualTo(STORM + 5);
            assertThat(calls("evalsha")).as("attach, read").isBetween(2L * STORM, 3L * STORM);
        } finally {
            links.forEach(Link::close);
        }
    }

    private static long calls(String command) {
        Map<String, String> stats = redis.info("commandstats");
        String line = stats.getOrDefault("cmdstat_" + command, "calls=0,");
        return Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')));
    }

    private static final class Silent implements Link.Listener {
        @Override
        public void connected() {}

        @Override
        public void received(JSONObject event, Ack confirm) {}
    }
}
