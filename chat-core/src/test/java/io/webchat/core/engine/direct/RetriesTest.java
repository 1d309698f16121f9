package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Failed steps are retried, and each step has at most one chain of retries. */
public class RetriesTest extends EngineSuite {

    @Test
    void G11_aMarkThatCoversEarlierAnswersIsNotLoweredWhenItIsTriedAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            alice.send("bob", "m1", "text");
            alice.send("bob", "m2", "text");
            await().until(() -> bob.messages().size() == 2);
            bob.session().confirm(bob.received().get(1).seq());
            alice.awaitReceipts(EventKind.DELIVERY, "m2");
            cluster.queue.receipts.next(1, Fault.REFUSE);

            bob.session().confirm(bob.received().get(0).seq());

            alice.awaitReceipts(EventKind.DELIVERY, "m2", "m1");
            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void G5_aReceiptWhoseMarkFailedIsStillPublished() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient.open(cluster.node(), "bob");
            cluster.callLog.marking.next(1, Fault.REFUSE);

            alice.send("bob", "m1", "text");

            alice.awaitReceipts(EventKind.DELIVERY, "m1");
        }
    }

    @Test
    void aDisplayThatFailsWhileTheDeliveryIsStoredIsTriedAgain() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m1", "text");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            cluster.queue.receipts.next(2, Fault.REFUSE);

            assertThat(TestClient.failure(bob.display("alice", "m1"))).isEqualTo(ErrorCode.UNAVAILABLE);

            alice.awaitReceipts(EventKind.DISPLAY, "m1");
        }
    }

    @Test
    void G15_askingForAReadDuringAnOutageMakesNoMoreRetries() {
        try (TestCluster cluster = cluster()) {
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.queue.reading.always(Fault.REFUSE);
            for (int i = 0; i < 200; i++) {
                bob.session().heartbeat();
            }
            int before = cluster.queue.reading.calls();

            // One chain of retries makes a few calls in this time, 200 chains make hundreds.
            await().pollDelay(Duration.ofMillis(100)).until(() -> cluster.queue.reading.calls() > before);

            assertThat(cluster.queue.reading.calls() - before).isLessThan(30);
        }
    }

    @Test
    void G15_aClientThatSendsThousandsOfHeartbeatsAsksForFewReads() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().signalsPerSecond(1).build()));
            TestClient bob = TestClient.open(node, "bob");
            int before = cluster.queue.reading.calls();

            for (int i = 0; i < 5000; i++) {
                bob.session().heartbeat();
            }

            await().until(() -> cluster.queue.reading.calls() > before);
            assertThat(cluster.queue.reading.calls() - before).isLessThan(50);
        }
    }

    @Test
    void G15_reconnectingGivesNoNewAllowanceOfHeartbeats() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().signalsPerSecond(1).build()));
            int calm = readsOfTwentySessions(cluster, node, "alice", 0);

            assertThat(readsOfTwentySessions(cluster, node, "bob", 100)).isLessThan(calm + 20);
        }
    }

    private static int readsOfTwentySessions(TestCluster cluster, Chat node, String user, int heartbeats) {
        int before = cluster.queue.reading.calls();
        for (int session = 0; session < 20; session++) {
            TestClient client = TestClient.open(node, user);
            for (int i = 0; i < heartbeats; i++) {
                client.session().heartbeat();
            }
            client.leave();
        }
        return cluster.queue.reading.calls() - before;
    }

    @Test
    void G15_repeatingAReceiptDuringAnOutageMakesNoMoreRetries() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob", "default", 0, Answer.NOTHING);
            alice.send("bob", "m1", "text");
            bob.awaitMessages("m1");
            cluster.queue.receipts.always(Fault.REFUSE);
            for (int i = 0; i < 200; i++) {
                TestClient.failure(bob.display("alice", "m1"));
            }
            int before = cluster.queue.receipts.calls();

            // One chain of retries makes a few calls in this time, 200 chains make hundreds.
            await().pollDelay(Duration.ofMillis(100)).until(() -> cluster.queue.receipts.calls() > before);

            assertThat(cluster.queue.receipts.calls() - before).isLessThan(30);
        }
    }

    @Test
    void G14_aDrainEndsAfterTheLastAnswerWasGiven() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            ChatSession session = alice.session();
            CompletableFuture<Void> answer = cluster.queue.messages.nextWaits();
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            CompletionStage<?> sent =
                    session.send(alice.message("bob", "m1", "under way")).thenRun(() -> order.add("answered"));
            CompletionStage<?> drained = session.drain().thenRun(() -> order.add("drained"));

            answer.complete(null);
            TestClient.join(sent);
            TestClient.join(drained);

            assertThat(order).containsExactly("answered", "drained");
        }
    }

    @Test
    void theSameIdToTwoPeopleMakesTwoMessagesOnTheOtherDeviceToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient laptop = TestClient.open(node, "alice", "laptop", 0, Answer.CONFIRM);
            TestClient phone = TestClient.open(node, "alice", "phone", 0, Answer.CONFIRM);

            phone.send("bob", "m1", "to bob");
            phone.send("carol", "m1", "to carol");
            phone.send("dave", "m1", "to bob");

            laptop.awaitMessages("m1", "m1", "m1");
        }
    }

    @Test
    void G2_aConfirmationOfTheOldSessionMakesNoGapInTheNewOne() {
        UserId bob = UserId.of("bob");
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.send("bob", "m1", "text");
            TestClient first = TestClient.open(cluster.node(), "bob");
            first.awaitMessages("m1");
            await().until(() ->
                    TestClient.join(cluster.queue.read(bob, 0, 9)).events().isEmpty());
            first.leave();
            TestClient before = TestClient.silent(cluster.node(), "bob");
            alice.send("bob", "m2", "text");
            long seq = before.awaitFirst(each -> each.seq() > 0).seq();

            int attaches = cluster.queue.attaching.calls();
            CompletableFuture<Void> attached = cluster.queue.attaching.nextWaits();
            Chat node = cluster.node();
            CompletableFuture<TestClient> opening = CompletableFuture.supplyAsync(() -> TestClient.open(node, "bob"));
            await().until(() -> cluster.queue.attaching.calls() > attaches);
            before.session().confirm(seq);
            await().until(() ->
                    TestClient.join(cluster.queue.read(bob, 0, 9)).events().isEmpty());
            attached.complete(null);
            TestClient now = opening.join();
            alice.send("bob", "m3", "text");

            now.awaitMessages("m3");
            assertThat(now.count(EventKind.GAP)).isZero();
        }
    }
}
