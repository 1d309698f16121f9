package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.RewindableQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queue's server comes back older than it was: nothing acknowledged is lost or called delivered by mistake. */
public class QueueRewindTest {
    private static final UserId BOB = UserId.of("bob");

    private final RewindableQueue queue = new RewindableQueue(QueueLimits.DEFAULT, Clock.systemUTC());

    private TestCluster cluster() {
        return new TestCluster(new MemoryBackends(queue));
    }

    private void awaitEmptyQueue() {
        await().until(() -> TestClient.join(queue.read(BOB, 0, 100)).events().isEmpty());
    }

    @Test
    void G8_anAwayReaderGetsTheMessagesThatWereLostBehindTheOnesThatWereNot() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient.open(cluster.node(), "bob").leave();
            alice.sendMany("bob", 0, 3);
            queue.save();
            alice.sendMany("bob", 3, 6);
            queue.goBack();

            TestClient bob = TestClient.open(cluster.node(), "bob");

            bob.awaitMessages("m0", "m1", "m2", "m3", "m4", "m5");
            awaitEmptyQueue();
            await().untilAsserted(() ->
                    assertThat(TestConversation.statuses(cluster.node())).containsOnly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void G8_messagesThatAreSentAfterwardsStandBehindTheLostOnes() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.save();
            alice.sendMany("bob", 3, 6);
            queue.goBack();
            alice.sendMany("bob", 6, 8);

            TestClient bob = TestClient.open(cluster.node(), "bob");

            bob.awaitMessages("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7");
        }
    }

    @Test
    void G1_aReaderWhoIsOnlineGetsEverythingAndIsTold() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m0", "on both");
            bob.awaitMessages("m0");
            queue.save();
            cluster.router.lose(envelope -> true);
            alice.sendMany("bob", 1, 4);
            cluster.router.lose(envelope -> false);
            queue.goBack();
            alice.sendMany("bob", 4, 6);

            await().untilAsserted(() ->
                    assertThat(bob.messages().stream().distinct()).containsExactly("m0", "m1", "m2", "m3", "m4", "m5"));
            assertThat(bob.received()).extracting(Envelope::seq).isSorted().doesNotHaveDuplicates();
            assertThat(bob.count(EventKind.GAP)).isEqualTo(1);
            awaitEmptyQueue();
        }
    }

    @Test
    void G8_aDeviceThatNamesNoSeqIsToldOnceThatItMayHaveMissedMessages() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM).leave();
            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, Answer.CONFIRM);
            queue.save();
            alice.send("bob", "m0", "the phone confirms it, and the queue loses it");
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            await().untilAsserted(() ->
                    assertThat(TestConversation.statuses(cluster.node())).containsExactly(MessageStatus.DELIVERED));
            phone.leave();
            queue.goBack();
            cluster.callLog.reading.always(Fault.REFUSE);
            TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM).leave();
            cluster.callLog.reading.heal();

            TestClient laptop = TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM);

            alice.send("bob", "m1", "afterwards");
            laptop.awaitMessages("m1");
            assertThat(laptop.received().get(0).event().kind()).isEqualTo(EventKind.GAP);
            laptop.leave();
            TestClient again = TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM);
            alice.send("bob", "m2", "to a device that knows");
            await().until(() -> again.messages().contains("m2"));
            assertThat(again.count(EventKind.GAP)).isZero();
        }
    }

    @Test
    void G1_aHeartbeatNoticesThatTheQueueWentBack() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            queue.save();
            cluster.router.lose(envelope -> true);
            alice.sendMany("bob", 0, 3);
            queue.goBack();

            bob.session().heartbeat();

            bob.awaitMessages("m0", "m1", "m2");
            awaitEmptyQueue();
        }
    }

    @Test
    void G11_anOldConfirmationMarksAndUnlinksNoOtherMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            queue.save();
            alice.send("bob", "m0", "received before the loss");
            bob.awaitMessages("m0");
            long old = bob.received().get(0).seq();
            queue.goBack();
            cluster.router.lose(envelope -> true);
            alice.send("bob", "x0", "nobody has seen it");

            bob.session().confirm(old);

            bob.session().heartbeat();
            await().until(() -> bob.messages().contains("x0"));
            assertThat(TestConversation.statuses(node)).startsWith(MessageStatus.SENT);
            assertThat(TestClient.join(queue.read(BOB, 0, 10)).events())
                    .extracting(each -> ((ChatEvent.Message) each.event()).id().value())
                    .endsWith("x0");
        }
    }

    @Test
    void G4_aConfirmedMessageMayComeAgainUnderAHigherSeq() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.queue.confirming.always(Fault.REFUSE);
            alice.send("bob", "m0", "text");
            bob.awaitMessages("m0");
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            long last = bob.received().get(0).seq();
            bob.leave();
            cluster.queue.confirming.heal();
            queue.save();
            queue.goBack();

            TestClient again = TestClient.open(cluster.node(), "bob", "default", last, Answer.CONFIRM);

            again.awaitMessages("m0");
            assertThat(again.received())
                    .allSatisfy(each -> assertThat(each.seq()).isGreaterThan(last));
            awaitEmptyQueue();
        }
    }

    @Test
    void G8_membersOfARoomOnTwoNodesGetTheLostMessages() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            UserId alice = UserId.of("alice");
            RoomId room = RoomId.of("friends");
            TestClient.join(node.rooms().create(alice, room, "Friends", false, List.of(BOB, UserId.of("carol"))));
            TestClient author = TestClient.open(node, "alice");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            author.say("friends", "m0", "kept");
            carol.awaitMessages("m0");
            queue.save();
            cluster.router.lose(envelope -> true);
            author.say("friends", "m1", "lost");
            author.say("friends", "m2", "lost");
            cluster.router.lose(envelope -> false);
            queue.goBack();
            author.say("friends", "m3", "sent afterwards");

            TestClient.open(cluster.node(), "bob").awaitMessages("m0", "m1", "m2", "m3");
            await().untilAsserted(() ->
                    assertThat(carol.messages().stream().distinct()).containsExactly("m0", "m1", "m2", "m3"));
        }
    }

    @Test
    void G8_aServerThatLostNothingRepeatsNothingToAReaderWhoConfirmedEverything() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.sendMany("bob", 0, 3);
            bob.awaitMessages("m0", "m1", "m2");
            awaitEmptyQueue();
            queue.save();
            queue.goBack();
            alice.sendMany("bob", 3, 4);

            bob.awaitMessages("m0", "m1", "m2", "m3");
        }
    }

    /** Five seeds, or as many as the property {@code rounds} says. */
    static Stream<Long> seeds() {
        return new Random().longs(Integer.getInteger("rounds", 5)).boxed();
    }

    @Test
    void G3_G8_everyMessageComesInOrderOverManyRewinds() {
        run(new Random().nextLong(), 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("model")
    @Tag("full")
    void G3_G8_everyMessageComesInOrderInALongRun(long seed) {
        run(seed, 120);
    }

    /** Half of the disasters save a state; a quarter goes back to it, and a quarter loses everything. */
    private void run(long seed, int steps) {
        Random random = new Random(seed + 2);
        try (TestCluster cluster = cluster()) {
            List<Runnable> disasters = List.of(queue::save, queue::save, queue::goBack, queue::lose);
            new LossModel(
                            cluster,
                            seed,
                            queue,
                            () -> disasters
                                    .get(random.nextInt(disasters.size()))
                                    .run())
                    .run(steps);
        }
    }
}
