package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.QueueLossSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue's server comes back empty: undelivered messages are put back from the call log. */
public class QueueLossTest extends QueueLossSuite {
    /** Waits for the marks, which reach other nodes a moment later: a message without a mark may come again. */
    private static void awaitDelivered(Chat node, int messages) {
        await().untilAsserted(() -> assertThat(TestConversation.statuses(node))
                .filteredOn(MessageStatus.DELIVERED::equals)
                .hasSize(messages));
    }

    @Test
    void G8_messagesOfALostQueueAreRestoredFromTheCallLog() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient.open(cluster.node(), "bob").leave();
            alice.sendMany("bob", 0, 300);
            queue.lose();
            alice.sendMany("bob", 300, 310);

            TestClient bob = TestClient.open(cluster.node(), "bob");

            bob.awaitMessages(numbers(0, 310));
            assertThat(bob.received()).extracting(Envelope::seq).isSorted().doesNotHaveDuplicates();
            alice.awaitReceipts(EventKind.DELIVERY, numbers(0, 310));
            bob.leave();
            TestClient again = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "last", "text");
            again.awaitMessages("last");
        }
    }

    @Test
    void G8_anOpenSessionGetsTheRestoredMessages() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.silent(cluster.node(), "bob");
            // Once this message is there, the session has read the queue, and reads no more before the loss.
            alice.send("bob", "first", "not confirmed, so it comes again");
            bob.awaitMessages("first");
            cluster.router.lose(envelope -> true);
            alice.sendMany("bob", 0, 5);
            queue.lose();
            cluster.router.lose(envelope -> false);

            alice.send("bob", "m5", "the first that the new queue has");

            bob.awaitMessages("first", "first", "m0", "m1", "m2", "m3", "m4", "m5");
        }
    }

    @Test
    void G8_deliveredMessagesDoNotComeAgain() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.sendMany("bob", 0, 5);
            bob.awaitMessages(numbers(0, 5));
            alice.awaitReceipts(EventKind.DELIVERY, numbers(0, 5));
            bob.leave();
            alice.sendMany("bob", 5, 8);
            queue.lose();

            Chat other = cluster.node();
            awaitDelivered(other, 5);
            TestClient again = TestClient.open(other, "bob");

            again.awaitMessages(numbers(5, 8));
        }
    }

    @Test
    void G8_G3_eachOfManyConversationsKeepsItsOrder() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            List<TestClient> authors = new ArrayList<>();
            for (int i = 0; i < 52; i++) {
                authors.add(TestClient.open(node, "author" + i));
            }
            for (int n = 0; n < 3; n++) {
                String number = "-" + n;
                authors.stream()
                        .map(each -> each.session()
                                .send(each.message("bob", each.session().user() + number, "text")))
                        .toList()
                        .forEach(TestClient::join);
            }
            queue.lose();

            TestClient bob = TestClient.open(node, "bob");

            await().until(() -> bob.messages().size() == 156);
            for (TestClient each : authors) {
                String name = each.session().user().value();
                assertThat(bob.messages()).containsSubsequence(name + "-0", name + "-1", name + "-2");
            }
        }
    }

    @Test
    void G8_messagesOfARoomAreRestoredToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            UserId alice = UserId.of("alice");
            RoomId room = RoomId.of("friends");
            TestClient.join(node.rooms().create(alice, room, "Friends", false, List.of(BOB, UserId.of("carol"))));
            TestClient author = TestClient.open(node, "alice");
            for (int i = 0; i < 5; i++) {
                TestClient.join(author.session()
                        .send(ChatEvent.Message.from(alice)
                                .in(room)
                                .id("m" + i)
                                .timestamp(0)
                                .text("hi all")
                                .build()));
            }
            queue.lose();

            TestClient bob = TestClient.open(node, "bob");

            bob.awaitMessages(numbers(0, 5));
            assertThat(bob.received()).allSatisfy(each -> {
                assertThat(each.event().to()).isEqualTo(BOB);
                assertThat(((ChatEvent.Message) each.event()).room()).isEqualTo(room);
            });
            author.awaitReceipts(EventKind.DELIVERY, numbers(0, 5));
        }
    }

    @Test
    void G2_aResendAfterTheLossHasTheFirstTimeAndOneRecord() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            SendResult first = alice.send("bob", "m0", "text");
            bob.awaitMessages("m0");
            awaitDelivered(cluster.node(), 1);
            queue.lose();

            SendResult again = alice.send("bob", "m0", "text");
            SendResult oncemore = alice.send("bob", "m0", "text");

            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            assertThat(oncemore.storedAt()).isEqualTo(first.storedAt());
            assertThat(TestConversation.history(node)).hasSize(1);
        }
    }

    @Test
    void G2_aResendToARoomAfterTheLossHasOneRecord() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            UserId alice = UserId.of("alice");
            RoomId room = RoomId.of("friends");
            TestClient.join(node.rooms().create(alice, room, "Friends", false, List.of(BOB)));
            TestClient author = TestClient.open(node, "alice");
            SendResult first = author.say("friends", "m0", "hi all");
            queue.lose();
            TestClient bob = TestClient.open(node, "bob");
            bob.awaitMessages("m0");

            SendResult again = author.say("friends", "m0", "hi all");
            author.say("friends", "m1", "last");

            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            bob.awaitMessages("m0", "m1");
            assertThat(TestClient.join(node.callLogs().messages(alice, ConversationId.room(room), 10, ""))
                            .items())
                    .hasSize(2);
        }
    }

    @Test
    void G8_aSilentClientGetsNoMoreThanItsWindow() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(8).build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 40);
            queue.lose();

            TestClient bob = TestClient.silent(node, "bob");

            bob.awaitMessages(numbers(0, 8));
            bob.received().forEach(each -> bob.session().confirm(each.seq()));
            bob.awaitMessages(numbers(0, 16));
        }
    }

    @Test
    void G8_aNodeThatDiesDuringTheRestoreLosesNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(8).build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 40);
            queue.lose();
            TestClient dying = TestClient.silent(node, "bob");
            dying.awaitMessages(numbers(0, 8));
            dying.session().confirm(dying.received().get(0).seq());
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            dying.leave();

            Chat other = cluster.node();
            awaitDelivered(other, 1);
            TestClient bob = TestClient.open(other, "bob");

            bob.awaitMessages(numbers(1, 40));
        }
    }

    @Test
    void G3_G8_restoredMessagesHaveTheSameSeqsInEachSession() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 100);
            queue.lose();
            TestClient dying = TestClient.silent(cluster.node(), "bob");
            dying.awaitMessages(numbers(0, 100));
            dying.leave();
            TestClient carol = TestClient.open(cluster.node(), "carol");
            carol.send("bob", "later", "of another conversation");

            TestClient bob = TestClient.open(cluster.node(), "bob");

            await().until(() -> bob.messages().size() == 101);
            assertThat(bob.received()).startsWith(dying.received().toArray(Envelope[]::new));
            assertThat(bob.messages()).endsWith("later");
        }
    }

    @Test
    void G8_aQueueIsRestoredAsSoonAsSomethingIsSentToIt() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.sendMany("bob", 0, 3);
            queue.lose();
            alice.sendMany("bob", 3, 4);

            await().until(() -> TestClient.join(queue.read(BOB, 0, 10)).events().size() == 4);
            assertThat(TestClient.join(queue.read(BOB, 0, 10)).epoch().restored())
                    .isTrue();
        }
    }

    @Test
    void G8_aDeviceThatNamesASeqOfTheLostQueueIsToldOfTheLossOnce() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.silent(cluster.node(), "bob");
            alice.sendMany("bob", 0, 3);
            bob.awaitMessages(numbers(0, 3));
            long last = bob.received().get(2).seq();
            bob.leave();
            queue.lose();

            TestClient back = TestClient.open(cluster.node(), "bob", "default", last, Answer.NOTHING);

            back.awaitMessages(numbers(0, 3));
            assertThat(back.received().get(0).event().kind()).isEqualTo(EventKind.GAP);
            assertThat(back.received()).extracting(Envelope::seq).isSorted().allMatch(seq -> seq > last);
            back.leave();
            long gap = back.received().get(0).seq();
            TestClient again = TestClient.open(cluster.node(), "bob", "default", gap, Answer.CONFIRM);
            again.awaitMessages(numbers(0, 3));
            assertThat(again.count(EventKind.GAP)).isZero();
        }
    }

    @Test
    void G8_messagesToOneselfAreRestoredToo() {
        try (TestCluster cluster = cluster()) {
            TestClient note = TestClient.silent(cluster.node(), "bob");
            note.sendMany("bob", 0, 3);
            note.leave();
            queue.lose();

            TestClient.open(cluster.node(), "bob").awaitMessages(numbers(0, 3));
        }
    }

    @Test
    void G10_ofEventsTooOldForTheQueueTheReaderIsTold() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.sendMany("bob", 0, 1);
            bob.awaitMessages("m0");
            alice.awaitReceipts(EventKind.DELIVERY, "m0");
            await().until(() -> TestClient.join(queue.read(BOB, 0, 10)).events().isEmpty());
            bob.leave();
            alice.sendMany("bob", 1, 4);
            queue.dropEvents();
            alice.sendMany("bob", 4, 5);

            Chat other = cluster.node();
            TestClient back = TestClient.open(other, "bob");

            back.awaitMessages("m4");
            assertThat(back.received().get(0).event())
                    .isInstanceOfSatisfying(
                            Notice.class, gap -> assertThat(gap.detail()).startsWith("3 events"));
            assertThat(TestConversation.history(other)).hasSize(5);
        }
    }

    @Test
    void G8_aLocalCallLogRestoresNothingAndTheReaderIsTold() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(it -> it.localCallLog(cluster.callLog));
            TestClient alice = TestClient.open(node, "alice");
            TestClient before = TestClient.silent(node, "bob");
            alice.sendMany("bob", 0, 3);
            before.awaitMessages(numbers(0, 3));
            before.leave();
            queue.lose();

            TestClient bob = TestClient.open(
                    node, "bob", "default", before.received().get(1).seq(), Answer.CONFIRM);
            alice.sendMany("bob", 3, 5);

            bob.awaitMessages(numbers(3, 5));
            assertThat(bob.count(EventKind.GAP)).isEqualTo(1);
            TestClient laptop = TestClient.open(node, "bob", "laptop", 0, Answer.CONFIRM);
            alice.send("bob", "m5", "to both");
            await().until(() -> laptop.messages().contains("m5"));
            assertThat(laptop.count(EventKind.GAP)).as("a new device").isZero();
        }
    }

    @Test
    void aNewDeviceSeesNoGapIfNothingWasMissed() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, Answer.CONFIRM);
            alice.sendMany("bob", 0, 3);
            phone.awaitMessages(numbers(0, 3));
            alice.awaitReceipts(EventKind.DELIVERY, numbers(0, 3));

            Chat node = cluster.node();
            awaitDelivered(node, 3);
            // A new device gets everything that the queue still has.
            await().until(() -> TestClient.join(cluster.queue.read(UserId.of("bob"), 0, 9))
                    .events()
                    .isEmpty());
            TestClient laptop = TestClient.open(node, "bob", "laptop", 0, Answer.CONFIRM);
            alice.send("bob", "m3", "to both");

            laptop.awaitMessages("m3");
            assertThat(laptop.received()).hasSize(1);
        }
    }
}
