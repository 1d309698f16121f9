package io.webchat.core.engine.recovery;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageBuilder;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.RewindableQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A client sends again long after a shard of the queues came back empty: nothing deleted and no older state comes back.
 * The clock of the queues is an hour behind the nodes' clock.
 */
public class LateResendsTest {
    private static final UserId ALICE = TestConversation.ALICE;
    private static final UserId BOB = TestConversation.BOB;
    private static final Duration LATER = Duration.ofSeconds(30);

    private final MovableClock clock = MovableClock.running();
    private final RewindableQueue ofAlice = new RewindableQueue(QueueLimits.DEFAULT, clock);
    private final RewindableQueue ofOthers = new RewindableQueue(QueueLimits.DEFAULT, clock);

    LateResendsTest() {
        clock.advance(Duration.ofHours(-1));
    }

    private TestCluster cluster() {
        return new TestCluster(new MemoryBackends(new ShardedQueue(ALICE, ofAlice, ofOthers)));
    }

    private static TestClient device(Chat node, String user, String device) {
        return TestClient.amending(node, user, device);
    }

    /** A message of alice's phone, whose clock is right. */
    private ChatEvent.Message message(MessageBuilder address) {
        return address.id("m1")
                .text("secret")
                .timestamp(clock.instant().getEpochSecond())
                .build();
    }

    private ChatEvent.Message toBob() {
        return message(ChatEvent.Message.from(ALICE).to(BOB));
    }

    private ChatEvent.Message toRoom() {
        return message(ChatEvent.Message.from(ALICE).in(TestRoom.ID));
    }

    private AmendmentBuilder about(ChatEvent.Message message, String id) {
        return Amendment.by(ALICE)
                .of(message)
                .id(MessageId.of(id))
                .timestamp(clock.instant().getEpochSecond());
    }

    /** A shard loses its data. Its users connect again, so that their queues are restored, and time passes. */
    private void lose(TestCluster cluster, RewindableQueue shard) {
        shard.lose();
        Chat node = cluster.node();
        device(node, "alice", "tablet").leave();
        device(node, "bob", "phone").leave();
        clock.advance(LATER);
    }

    /** Both have a device that is away. Alice's phone sends a message, and her tablet deletes it. */
    private Chat sendAndDelete(TestCluster cluster, ChatEvent.Message message) {
        Chat node = cluster.node();
        device(node, "alice", "tablet").leave();
        device(node, "bob", "phone").leave();
        join(node.send(message));
        join(node.send(about(message, "d1").delete()));
        return node;
    }

    /** Sends one message more, and looks at everything that the devices get up to it. */
    private static void assertNobodyHears(Chat node, MessageBuilder address) {
        join(node.send(address.id("end").text("the end").build()));
        for (TestClient each : List.of(device(node, "alice", "tablet"), device(node, "bob", "phone"))) {
            each.awaitMessage("alice", "the end");
            assertThat(each.said()).doesNotContain("secret");
            each.leave();
        }
    }

    private static void assertDeletedOnce(List<LoggedMessage> history) {
        List<ChatEvent.Message> found = history.stream()
                .map(LoggedMessage::message)
                .filter(each -> each.id().equals(MessageId.of("m1")))
                .toList();
        assertThat(found).hasSize(1).allMatch(each -> each.deletion() != null);
    }

    @Test
    void G17_aDeletedMessageDoesNotComeBackByALateResend() {
        try (TestCluster cluster = cluster()) {
            ChatEvent.Message message = toBob();
            Chat node = cluster.node();
            deliver(node, message);
            join(node.send(about(message, "d1").delete()));
            ofAlice.lose();
            lose(cluster, ofOthers);

            resend(node, message);

            assertNobodyHears(node, ChatEvent.Message.from(ALICE).to(BOB));
            assertDeletedOnce(TestConversation.history(node));
        }
    }

    /** Bob's phone receives and confirms the message, so it is not restored. Returns the time of the message. */
    private static long deliver(Chat node, ChatEvent.Message message) {
        TestClient bob = device(node, "bob", "phone");
        long storedAt = join(node.send(message)).storedAt();
        bob.awaitMessages("m1");
        await().until(() -> TestConversation.statuses(node).contains(MessageStatus.DELIVERED));
        bob.leave();
        return storedAt;
    }

    /** Sends again; the answer depends on what the first queue has got back. */
    private static void resend(Chat node, ChatEvent.Message message) {
        try {
            assertThat(join(node.send(message)).duplicate()).isTrue();
        } catch (ChatException refusal) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void G17_aDeletedMessageDoesNotComeBackAfterADay() {
        try (TestCluster cluster = cluster()) {
            ChatEvent.Message message = toBob();
            Chat node = sendAndDelete(cluster, message);
            clock.advance(Duration.ofHours(26));

            assertThat(failure(node.send(message))).isEqualTo(ErrorCode.NOT_FOUND);

            assertNobodyHears(node, ChatEvent.Message.from(ALICE).to(BOB));
            assertDeletedOnce(TestConversation.history(node));
        }
    }

    @Test
    void G17_theAuthorsOwnQueueGetsNoCopyOfADeletedMessage() {
        try (TestCluster cluster = cluster()) {
            ChatEvent.Message message = toBob();
            Chat node = sendAndDelete(cluster, message);
            lose(cluster, ofAlice);

            assertThat(join(node.send(message)).duplicate()).isTrue();

            assertNobodyHears(node, ChatEvent.Message.from(ALICE).to(BOB));
            assertDeletedOnce(TestConversation.history(node));
        }
    }

    @Test
    void G17_noMemberGetsADeletedMessageThatTheAuthorsQueueRecognises() {
        try (TestCluster cluster = cluster()) {
            TestRoom.create(cluster.node(), "bob");
            ChatEvent.Message message = toRoom();
            Chat node = sendAndDelete(cluster, message);
            lose(cluster, ofOthers);

            assertThat(join(node.send(message)).duplicate()).isTrue();

            assertNobodyHears(node, ChatEvent.Message.from(ALICE).in(TestRoom.ID));
            assertDeletedOnce(TestRoom.history(node, "bob"));
        }
    }

    @Test
    void G17_noMemberGetsADeletedMessageThatTheAuthorsQueueHasLost() {
        try (TestCluster cluster = cluster()) {
            TestRoom.create(cluster.node(), "bob");
            ChatEvent.Message message = toRoom();
            Chat node = sendAndDelete(cluster, message);
            lose(cluster, ofAlice);

            resend(node, message);

            assertNobodyHears(node, ChatEvent.Message.from(ALICE).in(TestRoom.ID));
            assertDeletedOnce(TestRoom.history(node, "bob"));
        }
    }

    @Test
    void G2_aLateResendMakesNoSecondRecord() {
        try (TestCluster cluster = cluster()) {
            ChatEvent.Message message = toBob();
            Chat node = cluster.node();
            long storedAt = deliver(node, message);
            lose(cluster, ofOthers);

            assertThat(join(node.send(message)).storedAt()).isEqualTo(storedAt);

            assertThat(TestConversation.history(node)).hasSize(1);
        }
    }

    @Test
    void G17_anOldEditThatIsSentAgainDoesNotReplaceANewerOne() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            device(node, "alice", "tablet").leave();
            ChatEvent.Message message = toBob();
            join(node.send(message));
            Amendment old = about(message, "e1").edit(MessageContent.text("old"));
            SendResult first = join(node.send(old));
            SendResult newer = join(node.send(about(message, "e2").edit(MessageContent.text("new"))));
            lose(cluster, ofAlice);

            SendResult again = join(node.send(old));

            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            assertThat(TestConversation.history(node).get(0).message().text()).isEqualTo("new");
            TestClient tablet = device(node, "alice", "tablet");
            tablet.awaitAmendment("e1");
            assertThat(tablet.received())
                    .filteredOn(each -> each.event() instanceof Amendment amendment
                            && amendment.id().equals(MessageId.of("e1")))
                    .allSatisfy(each -> assertThat(each.loggedAt()).isLessThan(newer.storedAt()));
        }
    }

    @Test
    void G15_theFirstSecondsOfAQueueAreThoseOfItsOwnClock() {
        try (TestCluster cluster = cluster()) {
            // The client's clock is that of the node, an hour ahead of the queues.
            ChatEvent.Message message = ChatEvent.message(ALICE, BOB, MessageId.of("m1"), "text");
            Chat node = cluster.node();
            long storedAt = deliver(node, message);
            ofOthers.lose();
            device(node, "bob", "phone").leave();

            assertThat(join(node.send(message)).storedAt()).isEqualTo(storedAt);

            assertThat(TestConversation.history(node)).hasSize(1);
        }
    }
}
