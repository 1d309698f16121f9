package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages are neither lost nor repeated and keep their order, although backends fail between any two steps. */
public class DeliveryGuaranteesTest extends EngineSuite {
    @Test
    void G1_anAcknowledgedMessageIsQueuedAndLogged() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            cluster.callLog.writing.next(1, Fault.REFUSE);

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "not logged"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(TestConversation.history(node)).isEmpty();
            SendResult again = alice.send("bob", "m1", "not logged");

            assertThat(again.duplicate()).isTrue();
            assertThat(TestConversation.history(node)).hasSize(1);
            TestClient.open(cluster.node(), "bob").awaitMessages("m1");
        }
    }

    @Test
    void G2_aResendOverThreeNodesGetsTheFirstAnswerAndMakesNoSecondMessage() {
        try (TestCluster cluster = cluster()) {
            TestClient bob = TestClient.open(cluster.node(), "bob");
            Chat[] nodes = {cluster.node(), cluster.node(), cluster.node()};
            TestClient first = TestClient.open(nodes[0], "alice");
            SendResult answer = first.send("bob", "m1", "once");

            for (int i = 1; i <= 5; i++) {
                SendResult again = TestClient.open(nodes[i % 3], "alice").send("bob", "m1", "once");
                assertThat(again.duplicate()).isTrue();
                assertThat(again.storedAt()).isEqualTo(answer.storedAt());
            }

            bob.awaitMessages("m1");
            assertThat(TestConversation.history(nodes[0])).hasSize(1);
        }
    }

    @Test
    void G2_aResendAfterALostAnswerMakesNoSecondMessage() {
        try (TestCluster cluster = cluster()) {
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient alice = TestClient.open(cluster.node(), "alice");
            cluster.queue.messages.next(1, Fault.LOSE_ANSWER);

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "once"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(alice.send("bob", "m1", "once").duplicate()).isTrue();

            bob.awaitMessages("m1");
        }
    }

    @Test
    void G2_otherContentUnderTheSameIdIsAConflict() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.send("bob", "m1", "one text");

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "another"))))
                    .isEqualTo(ErrorCode.CONFLICT);
            assertThat(TestClient.open(cluster.node(), "carol")
                            .send("bob", "m1", "another sender")
                            .duplicate())
                    .as("ids belong to their sender")
                    .isFalse();
        }
    }

    @Test
    void G3_orderHoldsOverThreeNodesWithLostPublishesAndReconnects() {
        sendInOrder(2);
    }

    @Test
    @Tag("model")
    @Tag("full")
    void G3_orderHoldsOverThreeNodesWithManyLostPublishesAndReconnects() {
        sendInOrder(10);
    }

    private void sendInOrder(int bursts) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (TestCluster cluster = cluster()) {
            int total = bursts * cluster.burst();
            Chat[] nodes = {cluster.node(), cluster.node(), cluster.node()};
            loseOneInTen(cluster, new Random(seed + 1));
            TestClient alice = TestClient.open(nodes[0], "alice");
            List<TestClient> bobs = new ArrayList<>();
            bobs.add(TestClient.open(nodes[1], "bob"));
            for (int i = 0; i < total; i++) {
                CompletionStage<SendResult> answer = alice.session().send(alice.message("bob", "m" + i, "text"));
                if ((i + 1) % cluster.burst() == 0) {
                    TestClient.join(answer);
                }
                if (random.nextInt(total / 20) == 0) {
                    bobs.get(bobs.size() - 1).leave();
                    bobs.add(TestClient.open(nodes[random.nextInt(3)], "bob"));
                }
            }
            TestClient last = bobs.get(bobs.size() - 1);

            await("seed " + seed).until(() -> {
                last.session().heartbeat();
                return last.messages().contains("m" + (total - 1));
            });
            Set<String> seen = new LinkedHashSet<>();
            bobs.forEach(each -> {
                assertThat(each.received())
                        .extracting(e -> e.seq())
                        .as("seed %s", seed)
                        .isSorted();
                seen.addAll(each.messages());
            });
            assertThat(seen)
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(
                            IntStream.range(0, total).mapToObj(i -> "m" + i).toList());
        }
    }

    private static void loseOneInTen(TestCluster cluster, Random losses) {
        cluster.router.lose(envelope -> {
            synchronized (losses) {
                return losses.nextInt(10) == 0;
            }
        });
    }

    @Test
    void G4_onlyUnconfirmedMessagesComeAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            for (int i = 0; i < 10; i++) {
                alice.send("bob", "m" + i, "text");
            }
            await().until(() -> bob.messages().size() == 10);
            for (int i = 0; i < 4; i++) {
                bob.session().confirm(bob.received().get(i).seq());
            }
            await().until(() -> alice.count(EventKind.DELIVERY) == 4);
            bob.leave();

            TestClient again = TestClient.open(node, "bob");

            again.awaitMessages("m4", "m5", "m6", "m7", "m8", "m9");
            await().until(() -> alice.count(EventKind.DELIVERY) == 10);
        }
    }

    @Test
    void G4_afterCountsAsAConfirmation() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            alice.send("bob", "m1", "kept by the client");
            alice.send("bob", "m2", "not kept");
            await().until(() -> bob.messages().size() == 2);
            long kept = bob.received().get(0).seq();
            bob.leave();

            TestClient.open(node, "bob", "default", kept, Answer.CONFIRM).awaitMessages("m2");
            alice.awaitReceipts(EventKind.DELIVERY, "m1", "m2");
        }
    }

    @Test
    void G4_anAfterBeyondTheQueueLosesNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "text");
            TestClient bob = TestClient.open(node, "bob", "default", (1L << 53) - 1, Answer.CONFIRM);
            alice.send("bob", "m2", "text");

            bob.awaitMessages("m1", "m2");
        }
    }

    @Test
    void G5_aLostPublishIsFoundByTheNextEventTheNextHeartbeatOrAResubscribe() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.router.lose(envelope -> true);
            alice.send("bob", "m1", "lost");
            cluster.router.lose(envelope -> false);
            alice.send("bob", "m2", "shows the hole");
            bob.awaitMessages("m1", "m2");

            cluster.router.lose(envelope -> true);
            alice.send("bob", "m3", "lost");
            assertThat(bob.messages()).hasSize(2);
            bob.session().heartbeat();
            bob.awaitMessages("m1", "m2", "m3");

            alice.send("bob", "m4", "lost");
            cluster.router.resubscribed();
            bob.awaitMessages("m1", "m2", "m3", "m4");
        }
    }

    @Test
    void G5_aReadThatFailsIsTriedAgain() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.send("bob", "m1", "waiting");
            cluster.queue.reading.next(3, Fault.REFUSE);

            TestClient.open(cluster.node(), "bob").awaitMessages("m1");

            assertThat(cluster.queue.reading.calls()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void G6_aMessageIsKeptUntilEveryDeviceConfirmedIt() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient phone = TestClient.open(node, "bob", "phone", 0, Answer.CONFIRM);
            TestClient.open(node, "bob", "laptop", 0, Answer.CONFIRM).leave();
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "to both");
            phone.awaitMessages("m1");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");

            TestClient laptop = TestClient.open(node, "bob", "laptop", 0, Answer.CONFIRM);

            laptop.awaitMessages("m1");
        }
    }

    @Test
    void G6_theCursorMovesOnlyAfterTheReceiptIsStored() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            cluster.queue.receipts.always(Fault.REFUSE);
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m1", "its receipt cannot be stored");
            bob.awaitMessages("m1");
            await().until(() -> cluster.queue.receipts.calls() > 2);
            assertThat(cluster.queue.confirming.calls()).isZero();

            cluster.queue.receipts.heal();

            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            await().until(() -> cluster.queue.confirming.calls() > 0);
        }
    }

    @Test
    void G6_aClientThatDiesBetweenReceiptAndConfirmationGetsItAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            cluster.queue.confirming.always(Fault.REFUSE);
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m1", "text");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            bob.leave();
            cluster.queue.confirming.heal();

            TestClient.open(node, "bob").awaitMessages("m1");

            alice.send("bob", "m2", "text");
            alice.awaitReceipts(EventKind.DELIVERY, "m1", "m2");
        }
    }

    @Test
    void G6_aSessionWhoseDeviceWasForgottenAttachesAgainAndItsConfirmationsCount() {
        UserId user = UserId.of("bob");
        try (TestCluster cluster = cluster(QueueLimits.DEFAULT.withMaxDevices(1))) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient.join(cluster.queue.attach(user, DeviceId.of("another"), 0));

            alice.send("bob", "m1", "text");

            bob.awaitMessages("m1");
            await().untilAsserted(() -> assertThat(
                            TestClient.join(cluster.queue.read(user, 0, 10)).events())
                    .isEmpty());
        }
    }

    @Test
    void G9_aBackendThatIsSilentRefusesWithinTheTimeoutAndHealsWithoutARestart() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.openOnImpatient(cluster.impatientNode(), "alice");
            cluster.queue.messages.always(Fault.HANG);
            List<CompletionStage<SendResult>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(alice.session().send(alice.message("bob", "m" + i, "text")));
            }
            answers.forEach(each -> assertThat(TestClient.failure(each)).isEqualTo(ErrorCode.UNAVAILABLE));

            cluster.queue.messages.heal();

            alice.sendMany("bob", 0, 20);
            TestClient bob = TestClient.open(cluster.node(), "bob");
            await().until(() -> bob.messages().size() == 20);
        }
    }

    @Test
    void G9_aFailedPublishDoesNotFailTheSend() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.router.publishing.always(Fault.REFUSE);

            alice.send("bob", "m1", "stored all the same");

            bob.session().heartbeat();
            bob.awaitMessages("m1");
        }
    }

    @Test
    void G9_aSessionThatCannotBeOpenedFailsAndLeavesNothingBehind() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.impatientNode();
            cluster.queue.attaching.next(1, Fault.HANG);
            assertThat(TestClient.failure(node.open(UserId.of("bob"), (session, envelope) -> {})))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            cluster.router.subscribing.next(1, Fault.REFUSE);
            assertThat(TestClient.failure(node.open(UserId.of("bob"), (session, envelope) -> {})))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            await().untilAsserted(() -> assertThat(TestClient.join(cluster.router.isOnline(UserId.of("bob"))))
                    .isFalse());
            TestClient bob = TestClient.openOnImpatient(node, "bob");
            TestClient.openOnImpatient(node, "alice").send("bob", "m1", "hello");
            bob.awaitMessages("m1");
        }
    }
}
