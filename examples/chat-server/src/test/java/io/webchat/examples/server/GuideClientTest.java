package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java client of the guide against servers that are killed and networks that lose answers: the scenarios of the
 * JavaScript client's conformance suite.
 */
@Tag("process")
@Tag("full")
@ExtendWith({RedisServers.class, DynamoServers.class})
class GuideClientTest {
    private static final int MOST_QUEUED = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String RUN = Long.toString(System.nanoTime(), 36);

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static NodeProcesses nodes;

    @SuppressWarnings("NullAway.Init")
    private static Class<?> type;

    private final int test = TESTS.incrementAndGet();
    private final String ann = "ann-" + RUN + "-" + test;
    private final String bob = "bob-" + RUN + "-" + test;

    @BeforeAll
    static void start(RedisEndpoint redis, DynamoEndpoint dynamo, @TempDir Path folder) throws Exception {
        type = GuideClient.compile(folder);
        Map<String, String> environment = Map.of(
                "CHAT_REDIS", redis.url(),
                "CHAT_DYNAMO", dynamo.uri().toString(),
                "CHAT_TABLE", "guide-" + System.nanoTime(),
                "CHAT_MAX_QUEUED", Integer.toString(MOST_QUEUED));
        nodes = new NodeProcesses(2, node -> environment);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void restart() throws Exception {
        nodes.restartTheDead();
    }

    private static GuideClient client(String user, int node, Object kept) throws Exception {
        return new GuideClient(type, nodes.url(node), nodes.token(user), kept);
    }

    private static GuideClient client(String user, int node) throws Exception {
        return client(user, node, GuideClient.nothingKept(type));
    }

    private static List<String> texts(String word, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> word + " " + i).toList();
    }

    private static List<String> sendAll(GuideClient from, String to, List<String> texts) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String text : texts) {
            ids.add(from.send(to, text));
        }
        return ids;
    }

    @Test
    void G1_G2_G3_whatIsWrittenWhileTheServerIsKilledArrivesOnceAndInOrder() throws Exception {
        try (GuideClient author = client(ann, 0);
                GuideClient reader = client(bob, 1)) {
            List<String> all = texts("line", 30);
            List<String> ids = sendAll(author, bob, all.subList(0, 20));
            await().atMost(PATIENCE).until(() -> reader.texts().size() > 2);
            nodes.get(0).kill();
            ids.addAll(sendAll(author, bob, all.subList(20, 30)));
            nodes.restart(0);

            reader.gets(all);
            for (String id : ids) {
                author.awaitTold("receipt [" + id + ", delivery]");
            }
        }
    }

    @Test
    void G2_aResendAfterALostAnswerMakesNoSecondMessage() throws Exception {
        try (FrontDoor door = new FrontDoor(List.of(nodes.port(0)));
                GuideClient author =
                        new GuideClient(type, door.url(), nodes.token(ann), GuideClient.nothingKept(type));
                GuideClient reader = client(bob, 1)) {
            author.send(bob, "before");
            reader.awaitText("before");
            door.loseAnswers();
            String id = author.send(bob, "once");
            reader.awaitText("once");
            door.cut();

            author.awaitTold("receipt [" + id + ", delivery]");
            author.send(bob, "after");
            reader.gets(List.of("before", "once", "after"));
        }
    }

    @Test
    void G1_G2_G3_theNextProcessSendsWhatTheOutboxHasKept() throws Exception {
        Object kept = GuideClient.nothingKept(type);
        List<String> written = texts("kept", 5);
        try (GuideClient reader = client(bob, 1)) {
            nodes.get(0).kill();
            try (GuideClient first = client(ann, 0, kept)) {
                sendAll(first, bob, written);
            }
            nodes.restart(0);
            try (GuideClient next = client(ann, 0, kept)) {
                reader.gets(written);
                GuideClient.awaitAllAnswered(kept);
                reader.send(ann, "I have them");
                next.gets(List.of("I have them"));
            }
        }
    }

    @Test
    void G10_aGapInTheQueueIsTold() throws Exception {
        Object kept = GuideClient.nothingKept(type);
        Object authorKept = GuideClient.nothingKept(type);
        List<String> missed = texts("missed", MOST_QUEUED + 20);
        try (GuideClient author = client(ann, 0, authorKept)) {
            try (GuideClient reader = client(bob, 1, kept)) {
                author.awaitTold("receipt [" + author.send(bob, "before") + ", delivery]");
                assertThat(reader.texts()).containsExactly("before");
            }
            sendAll(author, bob, missed);
            GuideClient.awaitAllAnswered(authorKept);
            try (GuideClient reader = client(bob, 1, kept)) {
                reader.awaitTold("gap");
                reader.awaitText(missed.get(missed.size() - 1));
                assertThat(reader.texts()).hasSizeLessThan(missed.size()).doesNotContain("before");
            }
        }
    }

    @Test
    void G1_G2_G3_G6_whenANodeDiesTheClientGoesOnWithTheOtherOne() throws Exception {
        try (FrontDoor door = new FrontDoor(List.of(nodes.port(0), nodes.port(1)));
                GuideClient author =
                        new GuideClient(type, door.url(), nodes.token(ann), GuideClient.nothingKept(type));
                GuideClient reader = client(bob, 1)) {
            List<String> all = texts("line", 20);
            sendAll(author, bob, all.subList(0, 10));
            await().atMost(PATIENCE).until(() -> reader.texts().size() > 2);
            nodes.get(0).kill();
            sendAll(author, bob, all.subList(10, 20));

            reader.gets(all);
            reader.send(ann, "still there?");
            author.gets(List.of("still there?"));
        }
    }

    @Test
    void aTokenThatExpiresIsRenewedAndTheConnectionStays() throws Exception {
        String token = nodes.tokenFor(ann, Duration.ofSeconds(20));
        try (GuideClient author = new GuideClient(type, nodes.url(0), token, GuideClient.nothingKept(type));
                GuideClient reader = client(bob, 1)) {
            author.renewsWith(nodes.token(ann));
            author.awaitTold("expiring");
            await().atMost(PATIENCE)
                    .until(() -> nodes.restWith(0, token).get("/v1/rooms").statusCode() == 401);

            author.send(bob, "after the end of the first token");
            reader.gets(List.of("after the end of the first token"));
            reader.send(ann, "I hear you");
            author.gets(List.of("I hear you"));
            assertThat(author.told()).noneMatch(each -> each.startsWith("failed"));
        }
    }

    @Test
    void G6_aReceiptOfAnOutageIsToldAfterIt() throws Exception {
        try (GuideClient author = client(ann, 0);
                GuideClient reader = client(bob, 1)) {
            String id = author.send(bob, "do you read this?");
            reader.awaitText("do you read this?");
            nodes.get(0).kill();
            reader.display("do you read this?");
            nodes.restart(0);

            author.awaitTold("receipt [" + id + ", display]");
        }
    }

    @Test
    void aMessageThatIsTooLargeFailsAndThoseBehindItGoOn() throws Exception {
        try (GuideClient author = client(ann, 0);
                GuideClient reader = client(bob, 1)) {
            String text = author.send(bob, "x".repeat(17 * 1024));
            author.awaitTold("failed [" + text + ", ");
            String packet = author.send(bob, "x".repeat(600 * 1024));
            author.send(bob, "behind it");

            author.awaitTold("failed [" + packet + ", ");
            reader.gets(List.of("behind it"));
        }
    }
}
