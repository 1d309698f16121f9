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
@Tag("proof")
@ExtendWith({RedisServers.class, DynamoServers.class})
class QueueBoundTest {
    private static final int BOUND = 20;
    private static final List<String> IDS =
            IntStream.range(0, 50).mapToObj(i -> "bound" + i).toList();

    private final String run = Long.toString(System.nanoTime(), 36);
    private final String ann = "ann-" + run;
    private final String bob = "bob-" + run;

    private static Nodes nodes(RedisEndpoint redis, Map<String, String> more) throws Exception {
        Map<String, String> environment =
                new HashMap<>(Map.of("CHAT_REDIS", redis.url(), "CHAT_MAX_QUEUED", Integer.toString(BOUND)));
        environment.putAll(more);
        return new Nodes(2, node -> environment);
    }

    @Test
    void G10_withoutASharedLogTheOldestGoAndTheReaderIsTold(RedisEndpoint redis) throws Exception {
        try (Nodes nodes = nodes(redis, Map.of())) {
            overflow(nodes, "phone");

            try (Inbox phone = Inbox.open(nodes, 1, bob, "phone", 0)) {
                phone.awaitMessage(last());
                assertThat(phone.ids()).containsExactlyElementsOf(IDS.subList(IDS.size() - BOUND, IDS.size()));
                assertThat(phone.of("gap")).hasSize(1);
            }
        }
    }

    @Test
    void G10_withASharedLogTheOldestComeFromThere(RedisEndpoint redis, DynamoEndpoint dynamo) throws Exception {
        Map<String, String> durable = Map.of("CHAT_DYNAMO", dynamo.uri().toString(), "CHAT_TABLE", "bound-" + run);
        try (Nodes nodes = nodes(redis, durable)) {
            overflow(nodes, "phone", "tablet");

            try (Inbox phone = Inbox.open(nodes, 1, bob, "phone", 0)) {
                phone.awaitMessage(last());
                assertThat(phone.ids()).containsExactlyElementsOf(IDS);
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(history(nodes)).contains(IDS).doesNotContain("\"sent\""));
            try (Inbox tablet = Inbox.open(nodes, 0, bob, "tablet", 0)) {
                tablet.awaitMessage(last());
                assertThat(tablet.ids()).endsWith(last());
                if (!tablet.ids().containsAll(IDS)) {
                    assertThat(tablet.of("gap"))
                            .as("what another device has may be missing, and is told")
                            .isNotEmpty();
                }
            }
        }
    }

    private static String last() {
        return IDS.get(IDS.size() - 1);
    }

    /** Makes the devices known, and sends them more than their queue takes while they are away and a node dies. */
    private void overflow(Nodes nodes, String... devices) throws Exception {
        for (String device : devices) {
            Inbox.open(nodes, 0, bob, device, 0).close();
        }
        for (int i = 0; i < IDS.size(); i++) {
            JSONObject message =
                    new JSONObject().put("to", bob).put("msgId", IDS.get(i)).put("text", IDS.get(i));
            assertThat(nodes.rest(i < 25 ? i % 2 : 0, ann)
                            .post("/v1/messages", message.toString())
                            .statusCode())
                    .isEqualTo(201);
            if (i == 25) {
                nodes.get(1).kill();
            }
        }
        nodes.restart(1);
    }

    private String history(Nodes nodes) throws Exception {
        return nodes.rest(1, bob)
                .get("/v1/call-logs/" + ann + "~" + bob + "/messages?limit=200")
                .body();
    }
}
