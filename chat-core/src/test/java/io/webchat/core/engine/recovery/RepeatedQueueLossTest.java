package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.EventKind;
import io.webchat.core.RoomId;
import io.webchat.core.UserId;
import io.webchat.core.engine.Faults;
import io.webchat.core.engine.Faults.Fault;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestClient;
import io.webchat.core.engine.TestClient.Answer;
import io.webchat.core.engine.TestCluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue that loses its data again and again, at any step of its reader. */
public class RepeatedQueueLossTest extends QueueLossSuite {
    private final List<String> sent = new ArrayList<>();
    /** The messages of all connections, each once. */
    private final Set<String> got = new LinkedHashSet<>();

    /** The events of lost queues; they may be published at any time. */
    private final List<Envelope> lost = new ArrayList<>();

    private long newest;

    static Stream<Long> seeds() {
        return new Random().longs(5).boxed();
    }

    @Test
    void G3_G8_messagesOfASecondLostQueueAreRestoredInOrder() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(1).build()));
            TestClient carol = TestClient.open(node, "carol");
            TestClient alice = TestClient.open(node, "alice");
            carol.send("bob", "c0", "lost first");
            alice.sendMany("bob", 0, 1);
            queue.lose();
            carol.send("bob", "c1", "in the queue that is made then");
            alice.sendMany("bob", 1, 2);
            TestClient bob = TestClient.silent(node, "bob");
            bob.awaitMessages("c0");
            alice.sendMany("bob", 2, 3);
            queue.lose();

            await().until(() -> {
                bob.received().forEach(each -> bob.session().confirm(each.seq()));
                return Set.copyOf(bob.messages()).size() == 5;
            });
            assertThat(bob.messages().stream().distinct()).containsSubsequence("m0", "m1", "m2");
            assertThat(bob.received()).extracting(Envelope::seq).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void G3_G8_noPageOfTheCallLogOvertakesMessagesOfASecondLostQueue() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(1).build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 1);
            queue.lose();
            alice.sendMany("bob", 1, 260);
            TestClient bob = TestClient.silent(node, "bob");
            bob.awaitMessages("m0");
            queue.lose();

            await().until(() -> {
                bob.received().forEach(each -> bob.session().confirm(each.seq()));
                return Set.copyOf(bob.messages()).size() > 2;
            });
            assertThat(bob.messages().stream().distinct()).startsWith(numbers(0, 3));
        }
    }

    @Test
    void G3_G8_aLatePublishFromALostQueueMovesNoSeq() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(1).build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 2);
            Envelope last = TestClient.join(queue.read(BOB, 0, 2)).events().get(1);
            queue.lose();
            TestClient bob = TestClient.silent(node, "bob");
            bob.awaitMessages("m0");

            // A queue that was older than this one.
            Envelope late = Envelope.stored(last.seq() - 10_000_000, last.storedAt(), last.event());
            TestClient.join(cluster.router.publish(BOB, late));
            bob.session().confirm(bob.received().get(0).seq());

            bob.awaitMessages("m0", "m1");
            assertThat(bob.received()).extracting(Envelope::seq).isSorted().doesNotHaveDuplicates();
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
        }
    }

    @Test
    void G3_G8_aMessageOfARoomThatIsOnItsWayToTheQueueOvertakesNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            UserId alice = UserId.of("alice");
            RoomId room = RoomId.of("friends");
            TestClient.join(node.rooms().create(alice, room, "Friends", false, List.of(BOB)));
            TestClient author = TestClient.open(node, "alice");
            author.say("friends", "m0", "lost");
            queue.lose();
            author.say("friends", "m1", "in the queue that is made then");
            ChatEvent.Message message = author.toRoom("friends", "m2", "recorded, and not in the queue yet");
            long storedAt = System.currentTimeMillis() + 1;
            TestClient.join(cluster.callLog.append(message.conversation(), message, storedAt));

            TestClient bob = TestClient.open(node, "bob");

            bob.awaitMessages("m0", "m1");
            TestClient.join(cluster.queue.append(BOB, message.copyTo(BOB, storedAt)));
            bob.session().heartbeat();
            bob.awaitMessages("m0", "m1", "m2");
        }
    }

    @Test
    void G3_G8_everyMessageComesAndEachAuthorsInTheirOrder() {
        run(new Random().nextLong(), 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("model")
    @Tag("full")
    void G3_G8_everyMessageComesAndEachAuthorsInTheirOrderInALongRun(long seed) {
        run(seed, 120);
    }

    /**
     * Two authors write. One reader confirms some messages, reconnects and names its last Seq. Steps of the backends
     * fail or are late, and events of lost queues are published late. In the end every message has arrived, and the
     * messages of each author in the order in which they were sent.
     */
    private void run(long seed, int steps) {
        Random random = new Random(seed);
        try (TestCluster cluster = cluster()) {
            int window = 1 + random.nextInt(4);
            Chat node = cluster.node(
                    it -> it.config(TestCluster.config().window(window).build()));
            List<TestClient> authors = List.of(TestClient.open(node, "alice"), TestClient.open(node, "carol"));
            fail(cluster, new Random(seed + 1));

            live(cluster, node, authors, random, steps);

            heal(cluster);
            TestClient last = TestClient.open(node, "bob", "default", newest, Answer.CONFIRM);
            await("seed " + seed).untilAsserted(() -> {
                last.session().heartbeat();
                assertThat(withAllOf(last)).containsAll(sent);
            });
            leave(last);
            for (TestClient author : authors) {
                assertThat(by(author, got)).as("seed %s", seed).isEqualTo(by(author, sent));
            }
        }
    }

    private void live(TestCluster cluster, Chat node, List<TestClient> authors, Random random, int steps) {
        TestClient bob = open(node);
        int confirmed = 0;
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(13)) {
                case 0 -> {
                    lost.addAll(TestClient.join(queue.read(BOB, 0, 1_000)).events());
                    queue.lose();
                }
                case 1 -> {
                    leave(bob);
                    bob = open(node);
                    confirmed = 0;
                }
                case 2, 3, 4, 5 -> {
                    List<Envelope> received = bob.received();
                    if (confirmed < received.size()) {
                        bob.session().confirm(received.get(confirmed++).seq());
                    }
                }
                case 6 -> pause(random);
                case 7 -> {
                    if (!lost.isEmpty()) {
                        TestClient.join(cluster.router.publish(BOB, lost.get(random.nextInt(lost.size()))));
                    }
                }
                default -> send(authors.get(random.nextInt(authors.size())));
            }
        }
        leave(bob);
    }

    private static List<String> by(TestClient author, Collection<String> messages) {
        String prefix = author.session().user() + "-";
        return messages.stream().filter(each -> each.startsWith(prefix)).toList();
    }

    private Set<String> withAllOf(TestClient last) {
        Set<String> all = new LinkedHashSet<>(got);
        all.addAll(last.messages());
        return all;
    }

    private TestClient open(Chat node) {
        return TestClient.open(node, "bob", "default", newest, Answer.NOTHING);
    }

    private void send(TestClient author) {
        String id = author.session().user() + "-" + sent.size();
        author.send("bob", id, "text");
        sent.add(id);
    }

    /** Ends the connection and checks its events in their order. */
    private void leave(TestClient bob) {
        bob.leave();
        // Events that are emitted until the session has ended count too.
        TestClient.join(bob.session().drain());
        long last = 0;
        for (Envelope each : bob.received()) {
            if (each.seq() > 0) {
                assertThat(each.seq()).as("Seq").isGreaterThan(last);
                last = each.seq();
            }
            if (each.event() instanceof ChatEvent.Message message
                    && got.add(message.id().value())) {
                assertThat(each.seq()).as("Seq of what is new").isGreaterThan(newest);
            }
        }
        newest = Math.max(newest, last);
    }

    private static void pause(Random random) {
        long until = System.nanoTime() + random.nextInt(20_000_000);
        await().until(() -> System.nanoTime() > until);
    }

    private static void fail(TestCluster cluster, Random random) {
        for (Faults each : List.of(cluster.queue.reading, cluster.queue.confirming, cluster.callLog.reading)) {
            each.randomly(() -> switch (random.nextInt(10)) {
                case 0 -> Fault.REFUSE;
                case 1 -> Fault.LOSE_ANSWER;
                case 2, 3, 4, 5 -> Fault.LATE;
                default -> Fault.NONE;
            });
        }
        cluster.router.lose(envelope -> random.nextInt(10) == 0);
    }

    private static void heal(TestCluster cluster) {
        List.of(cluster.queue.reading, cluster.queue.confirming, cluster.callLog.reading)
                .forEach(Faults::heal);
        cluster.router.lose(envelope -> false);
    }
}
