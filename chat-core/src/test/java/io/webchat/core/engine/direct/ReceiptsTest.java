package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Receipts raise the status of a message, and never lower it. */
public class ReceiptsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId ALICE_AND_BOB = ConversationId.direct(ALICE, BOB);

    @Test
    void G11_aDeliveryAfterTheDisplayGoesNowhere() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            alice.send("bob", "m1", "text");
            bob.awaitMessages("m1");

            TestClient.join(bob.display("alice", "m1"));
            assertThat(TestClient.join(bob.delivery("alice", "m1")).duplicate()).isTrue();
            TestClient other = TestClient.open(cluster.node(), "bob", "laptop", 0, TestClient.Answer.CONFIRM);
            TestClient.join(other.delivery("alice", "m1"));

            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            assertThat(alice.count(EventKind.DELIVERY)).isZero();
            // A call log may gather marks for a moment.
            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsExactly(MessageStatus.DISPLAYED));
        }
    }

    @Test
    void G11_confirmationsInAnyOrderRaiseTheStatusOfNoMessageThatIsStillOnItsWay() {
        long seed = System.nanoTime();
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.silent(node, "bob");
            alice.sendMany("bob", 0, 30);
            await().until(() -> bob.messages().size() == 30);
            List<Envelope> shuffled = new ArrayList<>(bob.received());
            Collections.shuffle(shuffled, new Random(seed));
            List<String> confirmed = new ArrayList<>();
            for (Envelope each : shuffled) {
                bob.session().confirm(each.seq());
                bob.session().confirm(each.seq());
                confirmed.add(((ChatEvent.Message) each.event()).id().value());
                TestClient.join(node.callLogs().messages(ALICE, ALICE_AND_BOB, 200, "")).items().stream()
                        .filter(logged -> logged.status() != MessageStatus.SENT)
                        .forEach(logged -> assertThat(confirmed)
                                .as("seed %s", seed)
                                .contains(logged.message().id().value()));
            }

            await().until(() -> alice.count(EventKind.DELIVERY) == 30);
            assertThat(alice.ids(EventKind.DELIVERY)).containsExactlyInAnyOrderElementsOf(confirmed);
            // Call logs may gather marks for a moment.
            await("seed " + seed)
                    .untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void G11_aReceiptWhoseMarkFailsIsTriedAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            cluster.callLog.marking.next(2, Fault.REFUSE);
            TestClient.open(node, "bob");
            alice.send("bob", "m1", "text");

            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsExactly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void G11_theMarkOfAReaderWhoLeavesWhileTheLogIsAwayIsRaisedWhenItIsBack() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            cluster.callLog.marking.always(Fault.REFUSE);
            alice.send("bob", "m1", "text");
            alice.send("bob", "m2", "text");
            bob.awaitMessages("m1", "m2");
            CompletionStage<SendResult> display = bob.display("alice", "m2");
            alice.awaitReceipts(EventKind.DELIVERY, "m1", "m2");
            alice.awaitReceipts(EventKind.DISPLAY, "m2");
            assertThat(TestClient.failure(display)).isEqualTo(ErrorCode.UNAVAILABLE);

            bob.leave();
            await().until(() ->
                    TestClient.join(node.host().online("", 9)).items().equals(List.of(ALICE)));
            cluster.callLog.marking.heal();

            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.DISPLAYED));
        }
    }

    @Test
    void G11_manyMarksOfAReaderWhoLeavesWhileTheLogIsAwayAreAllRaised() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            cluster.callLog.marking.always(Fault.REFUSE);
            alice.sendMany("bob", 0, 30);
            await().until(() -> alice.count(EventKind.DELIVERY) >= 30);
            bob.leave();
            await().until(() ->
                    TestClient.join(node.host().online("", 9)).items().equals(List.of(ALICE)));
            int calls = cluster.callLog.marking.calls();
            await().until(() -> cluster.callLog.marking.calls() > calls + 60);

            cluster.callLog.marking.heal();

            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void G11_theMarksOfAReaderWhomTheApplicationDisconnectedAreNotTriedAgain() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            cluster.callLog.marking.always(Fault.REFUSE);
            alice.send("bob", "m1", "text");
            bob.awaitMessages("m1");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");

            TestClient.join(node.host().disconnect(BOB));
            await().until(() -> bob.closed() != null);
            // A call that was under way may still come.
            alice.silentFor(Duration.ofMillis(100));
            int calls = cluster.callLog.marking.calls();
            alice.silentFor(Duration.ofMillis(200));

            assertThat(cluster.callLog.marking.calls()).isEqualTo(calls);
        }
    }

    @Test
    void G11_theDisplayOfAnOldMessageIsCheckedAgainstTheCallLog() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient.open(node, "bob");
            alice.send("bob", "m1", "text");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");

            TestClient later = TestClient.open(cluster.node(), "bob");
            TestClient.join(later.display("alice", "m1"));

            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsExactly(MessageStatus.DISPLAYED));
        }
    }
}
