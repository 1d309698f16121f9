package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.SendResult;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backends fail, are late or are slow while a lost queue is restored: nothing is lost or overtaken. */
public class QueueLossFaultsTest extends QueueLossSuite {
    @Test
    void G3_G8_nothingIsEmittedBeforeTheQueueIsRestored() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.lose();
            cluster.queue.restoring.always(Fault.REFUSE);
            alice.sendMany("bob", 3, 5);
            int before = cluster.queue.restoring.calls();

            TestClient bob = TestClient.open(cluster.node(), "bob");

            await().until(() -> cluster.queue.restoring.calls() > before + 2);
            assertThat(bob.received()).isEmpty();
            cluster.queue.restoring.heal();
            bob.awaitMessages(numbers(0, 5));
            alice.awaitReceipts(EventKind.DELIVERY, numbers(0, 5));
        }
    }

    @Test
    void G9_nothingIsSentToAReaderWhileTheCallLogIsDownAndEverythingAfterwards() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.lose();
            cluster.callLog.reading.always(Fault.REFUSE);
            TestClient bob = TestClient.open(cluster.node(), "bob");
            int calls = cluster.callLog.reading.calls();
            await().until(() -> cluster.callLog.reading.calls() > calls + 2);
            assertThat(bob.received()).isEmpty();

            cluster.callLog.reading.heal();

            bob.awaitMessages(numbers(0, 3));
        }
    }

    @Test
    void G9_aFailedReadOfTheCallLogIsRetriedAndNothingOvertakes() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.lose();
            alice.sendMany("bob", 3, 5);
            cluster.callLog.reading.next(4, Fault.REFUSE);

            TestClient bob = TestClient.open(cluster.node(), "bob");

            bob.awaitMessages(numbers(0, 5));
        }
    }

    @Test
    void G9_aFailedReadOfTheQueueDuringTheRestoreLosesNothing() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 5);
            queue.lose();
            Chat node = cluster.node();
            int calls = cluster.callLog.reading.calls();
            CompletableFuture<Void> first = cluster.callLog.reading.nextWaits();
            TestClient bob = TestClient.open(node, "bob");
            await().until(() -> cluster.callLog.reading.calls() > calls);
            cluster.queue.reading.next(1, Fault.REFUSE);
            first.complete(null);

            bob.awaitMessages(numbers(0, 5));
        }
    }

    @Test
    void G8_twoDevicesThatComeAtOnceBothGetEverything() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 20);
            queue.lose();
            cluster.callLog.reading.always(Fault.LATE);

            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "bob", "laptop", 0, Answer.CONFIRM);

            phone.awaitMessages(numbers(0, 20));
            laptop.awaitMessages(numbers(0, 20));
        }
    }

    @Test
    void G1_aMessageWhoseRecordCameAfterTheRestoreIsQueuedBeforeItIsAcknowledged() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");

            TestClient bob = loseWhileRecording(cluster, alice.message("bob", "m0", "on its way"), alice);

            bob.awaitMessages("m0");
            alice.send("bob", "m1", "afterwards");
            bob.awaitMessages("m0", "m1");
        }
    }

    @Test
    void G1_aMessageToARoomWhoseRecordCameAfterTheRestoreIsQueuedBeforeItIsAcknowledged() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");

            TestClient back = loseWhileRecording(cluster, alice.toRoom("den", "m0", "on its way"), alice);

            await().until(() -> back.messages().contains("m0"));
        }
    }

    /** Sends a message, and loses and restores the queues before the call log has it; returns bob, who was away. */
    private TestClient loseWhileRecording(TestCluster cluster, ChatEvent.Message message, TestClient alice) {
        CompletableFuture<Void> recorded = cluster.callLog.writing.nextIsHeld();
        int records = cluster.callLog.writing.calls();
        CompletionStage<SendResult> answer = alice.session().send(message);
        await().until(() -> cluster.callLog.writing.calls() > records
                && TestClient.join(queue.read(BOB, 0, 10)).events().stream()
                        .anyMatch(each -> each.event() instanceof ChatEvent.Message queued
                                && queued.id().equals(message.id())));
        queue.lose();
        TestClient bob = TestClient.open(cluster.node(), "bob");
        await().until(() -> TestClient.join(queue.read(BOB, 0, 10)).epoch().restored());
        // No server dies and comes back in less time than that.
        long then = System.nanoTime() + Duration.ofMillis(110).toNanos();
        await().until(() -> System.nanoTime() - then > 0);
        assertThat(bob.messages()).doesNotContain(message.id().value());
        recorded.complete(null);
        assertThat(TestClient.join(answer).duplicate()).isFalse();
        assertThat(TestClient.join(queue.read(BOB, 0, 10)).epoch().restored()).isTrue();
        return bob;
    }

    @Test
    void G8_ownMessagesAreReadInLargePagesAndNotBeyondTheUnreadOnes() {
        // Two pages of 256.
        readOverOwnMessages(500, 300, 2);
    }

    @Test
    @Tag("full")
    void G8_manyOwnMessagesAreReadInLargePagesAndNotBeyondTheUnreadOnes() {
        // 20 pages of 256.
        readOverOwnMessages(5_000, 2_000, 20);
    }

    /** Bob wrote {@code before} messages in the middle of three that he lost, and {@code after} behind them. */
    private void readOverOwnMessages(int before, int after, int pages) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 2);
            monologue(node, before);
            alice.sendMany("bob", 2, 3);
            monologue(node, after);
            queue.lose();
            int calls = cluster.callLog.reading.calls();

            TestClient.open(cluster.node(), "bob").awaitMessages(numbers(0, 3));

            // One for the list, one for every 256 messages up to the last that was lost, and none after it. Besides
            // these, one for the amendments of each conversation.
            assertThat(cluster.callLog.reading.calls() - calls).isBetween(pages, pages + 4);
        }
    }

    /** So many messages of Bob's, a hundred at a time. */
    private static void monologue(Chat node, int messages) {
        for (int done = 0; done < messages; done += 100) {
            IntStream.range(0, 100)
                    .mapToObj(i -> node.send(ChatEvent.message(BOB, UserId.of("alice"), "monologue")))
                    .toList()
                    .forEach(TestClient::join);
        }
    }
}
