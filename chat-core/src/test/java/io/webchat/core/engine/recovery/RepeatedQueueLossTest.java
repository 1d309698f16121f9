package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
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
    /** Five seeds, or as many as the property {@code rounds} says. */
    static Stream<Long> seeds() {
        return new Random().longs(Integer.getInteger("rounds", 5)).boxed();
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
            Envelope late =
                    Envelope.stored(last.epoch() - 10_000_000, last.seq() - 10_000_000, last.storedAt(), last.event());
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
            cluster.queue.restoring.always(Fault.REFUSE);
            author.say("friends", "m1", "in the queue that is made then");
            ChatEvent.Message message = author.toRoom("friends", "m2", "recorded, and not in the queue yet");
            long storedAt = System.currentTimeMillis() + 1;
            TestClient.join(cluster.callLog.append(message.conversation(), message, storedAt));

            cluster.queue.restoring.heal();
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

    private void run(long seed, int steps) {
        try (TestCluster cluster = cluster()) {
            new LossModel(cluster, seed, queue, queue::lose).run(steps);
        }
    }
}
