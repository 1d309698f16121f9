package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.net.http.HttpResponse;
import java.time.Duration;
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

/** Two server processes whose Redis dies, hangs, is far away, or comes back empty, while nodes die too. */
@Tag("process")
@Tag("fault")
@Tag("full")
class RedisOutageTest {
    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());
    /** 3 s for a command, 5 s for a step of a send, and what a busy machine adds. */
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);

    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static RedisServer redis;

    @SuppressWarnings("NullAway.Init")
    private static TcpProxy link;

    @SuppressWarnings("NullAway.Init")
    private static NodeProcesses nodes;

    @BeforeAll
    static void start() throws Exception {
        RedisServers.assumeOwnServers();
        redis = RedisServer.builder().appendOnly(true).config("appendfsync no").start();
        link = TcpProxy.to("127.0.0.1", redis.port());
        nodes = new NodeProcesses(
                2, node -> Map.of("CHAT_REDIS", "redis://127.0.0.1:" + link.port(), "CHAT_PING_INTERVAL", "3000"));
    }

    @AfterAll
    static void close() throws Exception {
        if (redis != null) {
            nodes.close();
            link.close();
            redis.close();
        }
    }

    /** A test that failed may have left something broken. */
    @BeforeEach
    void mend() throws Exception {
        link.heal();
        nodes.restartTheDead();
    }

    @Test
    void G9_aRedisThatIsDownRefusesInTimeAndHealsWithoutARestart() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "down", random)) {
            crowd.awaitMore(50);
            crowd.expectNewEpoch();
            redis.kill();
            assertRefusedInTime();
            nodes.get(0).kill();
            assertRefusedInTime(1);
            redis.restart();
            nodes.restart(0);
            crowd.awaitMore(50);

            crowd.finish("seed " + SEED);
            assertThat(crowd.refusals()).contains("unavailable").isSubsetOf("unavailable");
        }
    }

    @Test
    void G9_aRedisThatHangsRefusesInTimeAndHealsWithoutARestart() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "hangs", random)) {
            crowd.awaitMore(50);
            redis.pause();
            assertRefusedInTime();
            redis.resume();
            crowd.awaitMore(50);

            crowd.finish("seed " + SEED);
            assertThat(crowd.refusals()).isSubsetOf("unavailable");
        }
    }

    @Test
    void G1_G3_G9_aLinkThatIsCutSilentAndSlowLosesNothing() throws Exception {
        try (Crowd crowd = new Crowd(nodes, "link", random)) {
            for (int round = 0; round < 5; round++) {
                crowd.awaitMore(20);
                link.cutAll();
            }
            link.delay(Duration.ofMillis(200));
            crowd.awaitMore(20);
            link.heal();
            for (Direction direction : Direction.values()) {
                link.blackHole(direction);
                assertRefusedInTime();
                link.heal();
                crowd.awaitMore(20);
            }
            link.closeAfter(Direction.TO_CLIENT, 1 + random.nextInt(2_000));
            crowd.awaitMore(20);
            nodes.get(1).kill();
            link.cutAll();
            nodes.restart(1);
            crowd.awaitMore(20);

            crowd.finish("seed " + SEED);
            assertThat(crowd.refusals()).isSubsetOf("unavailable");
        }
    }

    @Test
    void G8_aRedisThatComesBackEmptyTellsOfTheGapAndNeverGoesBack() throws Exception {
        long last;
        try (Inbox bob = Inbox.open(nodes, 1, "empty-bob", "phone", 0)) {
            send(0, "before");
            last = bob.awaitMessage("before").of("message").get(0).getLong("Seq");
        }
        List<String> lost = IntStream.range(0, 5).mapToObj(i -> "lost" + i).toList();
        for (String id : lost) {
            send(0, id);
        }
        nodes.get(1).kill();
        redis.restartEmpty();
        nodes.restart(1);

        try (Inbox bob = Inbox.open(nodes, 1, "empty-bob", "phone", last)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> tryToSend(0, "after").statusCode() == 201);
            bob.awaitMessage("after");
            JSONObject gap = bob.of("gap").get(0);
            assertThat(bob.ids()).as("there is no shared call log").containsExactly("after");
            assertThat(gap.getLong("Seq")).isGreaterThan(last);
            assertThat(bob.of("message").get(0).getLong("Seq")).isGreaterThan(gap.getLong("Seq"));
        }
        String path = "/v1/call-logs/empty-ann~empty-bob/messages";
        assertThat(nodes.rest(0, "empty-bob").get(path).body())
                .as("the log of the node that took the messages")
                .contains(lost);
        assertThat(nodes.rest(1, "empty-bob").get(path).body())
                .as("the log of another node")
                .doesNotContain("lost");
    }

    private static void send(int node, String id) throws Exception {
        assertThat(tryToSend(node, id).statusCode()).isEqualTo(201);
    }

    private static HttpResponse<String> tryToSend(int node, String id) throws Exception {
        JSONObject message =
                new JSONObject().put("to", "empty-bob").put("msgId", id).put("text", id);
        return nodes.rest(node, "empty-ann").post("/v1/messages", message.toString());
    }

    private static void assertRefusedInTime() throws Exception {
        assertRefusedInTime(0);
        assertRefusedInTime(1);
    }

    private static void assertRefusedInTime(int node) throws Exception {
        long begun = System.nanoTime();
        HttpResponse<String> answer = tryToSend(node, "refused" + begun);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(REFUSED_WITHIN);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"unavailable\"");
    }
}
