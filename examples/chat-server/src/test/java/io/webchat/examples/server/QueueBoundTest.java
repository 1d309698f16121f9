package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queues at their bound, on two server processes of which one dies. */
@Tag("process")
@Tag("full")
@ExtendWith({RedisServers.class, DynamoServers.class})
class QueueBoundTest {
    private static final int BOUND = 20;
    /** The message behind which a node dies. */
    private static final int DEATH = 40;

    private static final List<String> IDS =
            IntStream.range(0, 50).mapToObj(i -> "bound" + i).toList();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FIRST = "first";

    private final String run = Long.toString(System.nanoTime(), 36);
    private final String ann = "ann-" + run;
    private final String bob = "bob-" + run;

    private static NodeProcesses nodes(RedisEndpoint redis, Map<String, String> more) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("CHAT_REDIS", redis.url(), "CHAT_MAX_QUEUED", Integer.toString(BOUND)));
        environment.putAll(more);
        return new NodeProcesses(2, node -> environment);
    }

    @Test
    void G10_withoutASharedLogTheOldestGoAndTheReaderIsTold(RedisEndpoint redis) throws Exception {
        try (NodeProcesses nodes = nodes(redis, Map.of())) {
            long before = overflow(nodes, 1, "phone");

            try (Inbox phone = Inbox.open(nodes, 1, bob, "phone", before)) {
                phone.awaitMessage(last());
                assertThat(phone.ids()).containsExactlyElementsOf(IDS.subList(IDS.size() - BOUND, IDS.size()));
                assertThat(phone.of("gap")).hasSize(1);
            }
        }
    }

    @Test
    void G10_withASharedLogTheOldestAreInTheHistory(RedisEndpoint redis, DynamoEndpoint dynamo) throws Exception {
        try (NodeProcesses nodes = nodes(redis, durable(dynamo))) {
            assertTrimmed(nodes, 1, overflow(nodes, 1, "phone"));
        }
    }

    @Test
    void G10_queuesInMemoryKeepTheirBoundWhenTheyAreRestored(DynamoEndpoint dynamo) throws Exception {
        Map<String, String> environment = new HashMap<>(durable(dynamo));
        environment.put("CHAT_MAX_QUEUED", Integer.toString(BOUND));
        try (NodeProcesses nodes = new NodeProcesses(1, node -> environment)) {
            assertTrimmed(nodes, 0, overflow(nodes, 0, "phone"));
        }
    }

    private Map<String, String> durable(DynamoEndpoint dynamo) {
        return Map.of("CHAT_DYNAMO", dynamo.uri().toString(), "CHAT_TABLE", "bound-" + System.nanoTime());
    }

    /** The phone gets the newest events and a gap, and the history has them all. */
    private void assertTrimmed(NodeProcesses nodes, int node, long before) throws Exception {
        try (Inbox phone = Inbox.open(nodes, node, bob, "phone", before)) {
            phone.awaitMessage(last());
            assertThat(phone.ids()).containsExactlyElementsOf(IDS.subList(IDS.size() - BOUND, IDS.size()));
            assertThat(phone.of("gap")).isNotEmpty();
            assertThat(history(nodes, node)).contains(IDS);
        }
    }

    private static String last() {
        return IDS.get(IDS.size() - 1);
    }

    /**
     * Lets the devices have a first message, and sends them more than their queue takes while they are away and this node
     * dies. Returns the Seq that they have.
     */
    private long overflow(NodeProcesses nodes, int dying, String... devices) throws Exception {
        for (String device : devices) {
            Inbox.open(nodes, 0, bob, device, 0).close();
        }
        send(nodes, 0, FIRST);
        long seq = 0;
        for (String device : devices) {
            try (Inbox inbox = Inbox.open(nodes, 0, bob, device, 0)) {
                seq = inbox.awaitMessage(FIRST).of("message").get(0).getLong("Seq");
            }
        }
        await().atMost(PATIENCE).until(() -> history(nodes, 0).contains("\"delivered\""));
        for (int i = 0; i < IDS.size(); i++) {
            send(nodes, i < DEATH ? i % nodes.count() : 0, IDS.get(i));
            if (i == DEATH) {
                nodes.get(dying).kill();
                if (dying == 0) {
                    nodes.restart(dying);
                }
            }
        }
        nodes.restartTheDead();
        return seq;
    }

    private void send(NodeProcesses nodes, int node, String id) throws Exception {
        JSONObject message = new JSONObject().put("to", bob).put("msgId", id).put("text", id);
        assertThat(nodes.rest(node, ann)
                        .post("/v1/messages", message.toString())
                        .statusCode())
                .isEqualTo(201);
    }

    private String history(NodeProcesses nodes, int node) throws Exception {
        return nodes.rest(node, bob)
                .get("/v1/call-logs/" + ann + "~" + bob + "/messages?limit=200")
                .body();
    }
}
