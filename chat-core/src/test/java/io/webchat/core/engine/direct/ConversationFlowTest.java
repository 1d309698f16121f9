package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The flows of the original's diagrams, also with several devices per user. */
public class ConversationFlowTest extends EngineSuite {
    @Test
    void aMessageReachesAnOnlineReceiverAndTheReceiptsTravelBack() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            SendResult result = alice.send("bob", "m1", "안녕 👋");

            assertThat(result.duplicate()).isFalse();
            Envelope envelope = bob.awaitFirst(each -> each.event().kind() == EventKind.MESSAGE);
            assertThat(envelope.storedAt()).isEqualTo(result.storedAt());
            assertThat(((ChatEvent.Message) envelope.event()).text()).isEqualTo("안녕 👋");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            TestClient.join(bob.display("alice", "m1"));
            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            assertThat(alice.messages()).as("nothing is echoed to the sender").isEmpty();
        }
    }

    @Test
    void aMessageWaitsForAnOfflineReceiver() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            for (int i = 0; i < 100; i++) {
                alice.send("bob", "m" + i, "text " + i);
            }

            TestClient bob = TestClient.open(cluster.node(), "bob");

            await().until(() -> bob.messages().size() == 100);
            assertThat(bob.messages().get(99)).isEqualTo("m99");
            await().until(() -> alice.count(EventKind.DELIVERY) == 100);
        }
    }

    @Test
    void aReceiptWaitsForAnOfflineSender() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "hello");
            alice.leave();
            TestClient bob = TestClient.open(node, "bob");
            bob.awaitMessages("m1");
            TestClient.join(bob.display("alice", "m1"));

            TestClient again = TestClient.open(node, "alice");

            again.awaitReceipts(EventKind.DISPLAY, "m1");
        }
    }

    @Test
    void everyDeviceOfTheReceiverGetsTheMessageAndTheAuthorOneReceipt() {
        try (TestCluster cluster = cluster()) {
            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM);
            TestClient alice = TestClient.open(cluster.node(), "alice");

            alice.send("bob", "m1", "hello");

            phone.awaitMessages("m1");
            laptop.awaitMessages("m1");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
        }
    }

    @Test
    void theSendersOtherDevicesGetACopyAndTheSendingOneDoesNot() {
        try (TestCluster cluster = cluster()) {
            TestClient phone = TestClient.open(cluster.node(), "alice", "phone", 0, Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "alice", "laptop", 0, Answer.CONFIRM);
            TestClient bob = TestClient.open(cluster.node(), "bob");

            SendResult result = phone.send("bob", "m1", "from the phone");

            laptop.awaitMessages("m1");
            bob.awaitMessages("m1");
            assertThat(result.seq()).as("the copy's place").isPositive();
            bob.session().send(ChatEvent.message(UserId.of("bob"), UserId.of("alice"), "answer"));
            await().until(() ->
                    phone.messages().size() == 1 && laptop.messages().size() == 2);
            assertThat(phone.messages()).doesNotContain("m1");
            await().until(() -> bob.count(EventKind.DELIVERY) > 0);
            assertThat(bob.count(EventKind.DELIVERY))
                    .as("a copy makes no receipt for anyone")
                    .isEqualTo(1);
        }
    }

    @Test
    void aDeviceWhoseArrivalWasLostIsNoticedAtTheNextHeartbeat() {
        try (TestCluster cluster = cluster()) {
            TestClient phone = TestClient.open(cluster.node(), "alice", "phone", 0, Answer.CONFIRM);
            TestClient bob = TestClient.open(cluster.node(), "bob");
            cluster.router.lose(envelope -> envelope.event().kind() == EventKind.SESSION);
            TestClient laptop = TestClient.open(cluster.node(), "alice", "laptop", 0, Answer.CONFIRM);

            phone.session().heartbeat();

            await().until(() -> {
                phone.send("bob", MessageId.random().value(), "from the phone, once the queue has been read");
                return !laptop.messages().isEmpty();
            });
            await().until(() -> bob.messages().containsAll(laptop.messages()));
        }
    }

    @Test
    void aSecondSessionOfTheSameDeviceReplacesTheFirstOnAnyNode() {
        try (TestCluster cluster = cluster()) {
            TestClient first = TestClient.open(cluster.node(), "bob");
            TestClient other = TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM);

            TestClient second = TestClient.open(cluster.node(), "bob");

            await().until(() -> first.closed() == CloseReason.REPLACED);
            assertThat(first.count(EventKind.REPLACED)).isEqualTo(1);
            assertThat(other.closed()).isNull();
            TestClient.open(cluster.node(), "alice").send("bob", "m1", "hello");
            second.awaitMessages("m1");
            assertThat(first.messages()).isEmpty();
        }
    }

    @Test
    void typingReachesOnlineUsersAndIsNeverStored() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m0", "before the typing");
            TestClient.join(alice.session().send(ChatEvent.typing(UserId.of("alice"), UserId.of("bob"))));
            await().until(() -> bob.count(EventKind.TYPING) == 1);
            // A message whose confirmation is not stored when he leaves would come again.
            await().until(() -> TestClient.join(cluster.queue.read(UserId.of("bob"), 0, 9))
                    .events()
                    .isEmpty());
            bob.leave();

            TestClient.join(alice.session().send(ChatEvent.typing(UserId.of("alice"), UserId.of("bob"))));
            TestClient back = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m1", "after the typing");

            back.awaitMessages("m1");
            assertThat(back.count(EventKind.TYPING)).isZero();
        }
    }

    @Test
    void oneMayWriteToOneself() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");

            alice.send("alice", "note", "buy milk");

            alice.awaitMessages("note");
            alice.awaitReceipts(EventKind.DELIVERY, "note");
        }
    }

    @Test
    void aSessionThatIsClosedSendsNothing() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.leave();
            alice.leave();

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "too late"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void G14_aDrainAnswersWhatWasAcceptedAndRefusesTheRest() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().backendTimeout(Duration.ofMinutes(5)).build()));
            TestClient alice = TestClient.open(node, "alice");
            cluster.callLog.writing.next(1, Faults.Fault.HANG);
            var hanging = alice.session().send(alice.message("bob", "m1", "under way"));

            Thread closing = new Thread(() -> node.close(Duration.ofMillis(50)));
            closing.start();

            await().until(() -> alice.count(EventKind.DRAINING) == 1);
            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m2", "too late"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(TestClient.failure(node.open(UserId.of("carol"), (session, envelope) -> {})))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            await().until(() -> !closing.isAlive());
            assertThat(alice.closed()).isEqualTo(CloseReason.DRAINING);
            assertThat(hanging.toCompletableFuture()).isNotDone();
        }
    }
}
