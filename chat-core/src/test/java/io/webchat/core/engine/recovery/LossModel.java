package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two authors write. One reader confirms some messages, reconnects and names its last Seq. Again and again a disaster
 * strikes the queues. Steps of the backends fail or are late, and events of lost queues are published late. In the end
 * every message has arrived, and the messages of each author in the order in which they were sent.
 */
final class LossModel {
    private static final UserId BOB = UserId.of("bob");

    private final TestCluster cluster;
    private final long seed;
    private final Random random;
    private final OfflineQueue queue;
    private final Runnable disaster;
    private final List<String> sent = new ArrayList<>();
    /** The messages of all connections, each once. */
    private final Set<String> got = new LinkedHashSet<>();

    /** The events of lost queues; they may be published at any time. */
    private final List<Envelope> lost = new ArrayList<>();

    private long newest;

    /**
     * A model with this seed.
     *
     * @param queue the queue of all nodes, without faults
     * @param disaster strikes it
     */
    LossModel(TestCluster cluster, long seed, OfflineQueue queue, Runnable disaster) {
        this.cluster = cluster;
        this.seed = seed;
        this.queue = queue;
        this.random = new Random(seed);
        this.disaster = disaster;
    }

    /** Runs this number of random steps, and then checks what arrived. */
    void run(int steps) {
        int window = 1 + random.nextInt(4);
        Chat node =
                cluster.node(it -> it.config(TestCluster.config().window(window).build()));
        List<TestClient> authors = List.of(TestClient.open(node, "alice"), TestClient.open(node, "carol"));
        fail(cluster, new Random(seed + 1));

        live(node, authors, steps);

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

    private void live(Chat node, List<TestClient> authors, int steps) {
        TestClient bob = open(node);
        int confirmed = 0;
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(13)) {
                case 0 -> {
                    lost.addAll(TestClient.join(queue.read(BOB, 0, 1_000)).events());
                    disaster.run();
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
                case 6 -> pause();
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

    private void pause() {
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
