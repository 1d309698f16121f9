package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.clock.ShiftedClock;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Server processes whose clocks differ: by 5 minutes, and one by more than anything in a queue lives. */
@Tag("process")
@Tag("full")
@ExtendWith(RedisServers.class)
class ClockSkewTest {
    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());
    private static final List<Duration> AHEAD =
            List.of(Duration.ofSeconds(-150), Duration.ofSeconds(150), Duration.ofDays(31));
    private static final Duration MARGIN = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private NodeProcesses nodes;

    @BeforeEach
    void start(RedisServer redis, @TempDir Path folder) throws Exception {
        List<String> clocks = new ArrayList<>();
        for (Duration each : AHEAD) {
            clocks.add(ShiftedClock.option(folder, each));
        }
        nodes = new NodeProcesses(
                AHEAD.size(), node -> Map.of("CHAT_REDIS", redis.url(), "JAVA_TOOL_OPTIONS", clocks.get(node)));
    }

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    @Test
    void G15_nodesWhoseClocksDifferAgreeOnTimesResendsAndWhatIsKept() throws Exception {
        Instant begun = Instant.now();
        for (int node = 0; node < nodes.count(); node++) {
            Instant expected = begun.plus(AHEAD.get(node));
            assertThat(clockOf(node))
                    .as("clock of node %s", node)
                    .isBetween(expected.minus(MARGIN), expected.plus(MARGIN));
        }
        for (int node = 0; node < nodes.count(); node++) {
            // From now on the queue keeps for it what others confirm.
            Inbox.open(nodes, node, "skew-bob", "device" + node, 0).close();
        }
        Instant last = begun.minus(MARGIN);
        for (int i = 0; i < 12; i++) {
            JSONObject first = send(i % nodes.count(), "m" + i, 201);
            JSONObject again = send((i + 1) % nodes.count(), "m" + i, 200);
            Instant storedAt = Instant.parse(first.getString("storedAt"));
            assertThat(storedAt).isAfter(last).isBefore(begun.plus(Duration.ofMinutes(2)));
            assertThat(again.getBoolean("duplicate")).isTrue();
            assertThat(again.getString("storedAt")).isEqualTo(first.getString("storedAt"));
            last = storedAt;
        }
        for (int node = 0; node < nodes.count(); node++) {
            try (Inbox bob = Inbox.open(nodes, node, "skew-bob", "device" + node, 0)) {
                bob.awaitMessage("m11");
                assertThat(bob.ids())
                        .hasSize(12)
                        .isSortedAccordingTo((a, b) ->
                                Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1))));
                assertThat(bob.of("message"))
                        .extracting(each -> each.getLong("Seq"))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void G3_G15_nodesWhoseClocksDifferKeepTheOrderThoughTheyAreKilled() throws Exception {
        Random random = new Random(SEED);
        try (Crowd crowd = new Crowd(nodes, "skew", random)) {
            for (int node = 0; node < nodes.count(); node++) {
                crowd.awaitMore(30 + random.nextInt(100));
                nodes.get(node).kill();
                crowd.awaitMore(30);
                nodes.restart(node);
            }
            crowd.awaitMore(30);

            crowd.finish("seed " + SEED);
        }
    }

    /** What time it is to a node: when a room that it makes was made. */
    private Instant clockOf(int node) throws Exception {
        HttpResponse<String> room = nodes.rest(node, "skew-ann")
                .post("/v1/rooms", "{\"id\":\"skew" + node + "\",\"name\":\"skew\",\"members\":[\"skew-bob\"]}");
        return Instant.parse(new JSONObject(room.body()).getString("createdAt"));
    }

    private JSONObject send(int node, String id, int status) throws Exception {
        JSONObject message =
                new JSONObject().put("to", "skew-bob").put("msgId", id).put("text", id);
        HttpResponse<String> answer = nodes.rest(node, "skew-ann").post("/v1/messages", message.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JSONObject(answer.body());
    }
}
