package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message to a room reaches every member once, in order. */
public class RoomMessagesTest extends EngineSuite {
    private static final UserId CAROL = UserId.of("carol");

    @Test
    void G1_aMessageReachesEveryMemberOnEveryNodeAndTheCallLog() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient alice = TestClient.open(node, "alice");

            SendResult result = alice.say("den", "m1", "안녕 👋");

            assertThat(result.duplicate()).isFalse();
            Envelope envelope = bob.awaitFirst(each -> each.event().kind() == EventKind.MESSAGE);
            ChatEvent.Message message = (ChatEvent.Message) envelope.event();
            assertThat(message.room()).isEqualTo(TestRoom.ID);
            assertThat(message.to()).isEqualTo(UserId.of("bob"));
            assertThat(message.text()).isEqualTo("안녕 👋");
            assertThat(envelope.loggedAt()).isEqualTo(result.storedAt());
            TestClient.open(cluster.node(), "carol").awaitMessages("m1");
            assertThat(TestRoom.history(node, "carol")).singleElement().satisfies(each -> {
                assertThat(each.storedAt()).isEqualTo(result.storedAt());
                assertThat(each.message()).isEqualTo(alice.toRoom("den", "m1", "안녕 👋"));
            });
            assertThat(alice.messages()).as("nothing is echoed to the sender").isEmpty();
        }
    }

    @Test
    void G1_theAuthorsOtherDevicesGetACopy() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient phone = TestClient.open(node, "alice", "phone", 0, Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "alice", "laptop", 0, Answer.CONFIRM);
            phone.say("den", "m1", "from the phone");

            laptop.awaitMessages("m1");
            ChatEvent copy = laptop.received().get(0).event();
            assertThat(((ChatEvent.Message) copy).fromDevice()).hasToString("phone");
            assertThat(phone.messages()).isEmpty();
            assertThat(phone.count(EventKind.DELIVERY))
                    .as("nobody tells alice that alice has it")
                    .isZero();
        }
    }

    @Test
    void G2_aResendOverThreeNodesGetsTheFirstAnswerAndMakesNoSecondMessage() {
        try (TestCluster cluster = cluster()) {
            resendOverThreeNodes(cluster);
        }
    }

    private static void resendOverThreeNodes(TestCluster cluster) {
        Chat[] nodes = {cluster.node(), cluster.node(), cluster.node()};
        TestRoom.create(nodes[0], "bob", "carol");
        TestClient bob = TestClient.open(cluster.node(), "bob");
        SendResult answer = TestClient.open(nodes[0], "alice").say("den", "m1", "once");

        for (int i = 1; i <= 5; i++) {
            SendResult again = TestClient.open(nodes[i % 3], "alice").say("den", "m1", "once");
            assertThat(again.duplicate()).isTrue();
            assertThat(again.storedAt()).isEqualTo(answer.storedAt());
        }

        bob.awaitMessages("m1");
        TestClient.open(nodes[1], "carol").awaitMessages("m1");
        assertThat(TestRoom.ids(nodes[0], "bob")).containsExactly("m1");
    }

    @Test
    void G3_membersWhoseQueuesAreNewGetEachMessageOnceInOrderAndNoGap() {
        String[] names = IntStream.range(0, 12).mapToObj(i -> "member" + i).toArray(String[]::new);
        String[] messages = IntStream.range(0, 40).mapToObj(i -> "m" + i).toArray(String[]::new);
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            Chat other = cluster.node();
            TestRoom.create(node, names);
            TestClient alice = TestClient.open(node, "alice");
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> Stream.of(messages).forEach(id -> alice.say("den", id, "text")));
            List<TestClient> members =
                    Stream.of(names).map(name -> TestClient.open(other, name)).toList();
            sending.join();

            members.forEach(each -> {
                each.session().heartbeat();
                each.awaitMessages(messages);
                assertThat(each.count(EventKind.GAP)).isZero();
            });
        }
    }

    @Test
    void aNewcomerGetsNoMessagesFromBeforeTheJoiningAndNoGap() {
        try (TestCluster cluster = cluster()) {
            Chat node =
                    cluster.node(it -> it.config(TestCluster.config().window(4).build()));
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(node, "bob");
            for (int i = 0; i < 20; i++) {
                bob.say("den", "m" + i, "text");
            }
            // The clock that dates the joining is behind the last message by less than a millisecond.
            long now = System.currentTimeMillis();
            await().until(() -> System.currentTimeMillis() > now + 20);
            join(node.rooms().put(UserId.of("alice"), TestRoom.ID, UserId.of("eve"), RoomRole.MEMBER));
            TestClient.silent(node, "eve").leave();

            TestClient eve = TestClient.open(node, "eve");
            bob.say("den", "last", "text");

            TestRoom.awaitMessages(eve, "last");
            assertThat(eve.count(EventKind.GAP)).isZero();
        }
    }

    @Test
    void G2_otherContentUnderTheSameIdIsAConflictBeforeAnyoneHasIt() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", "one text");

            assertThat(failure(alice.session().send(alice.toRoom("den", "m1", "another"))))
                    .isEqualTo(ErrorCode.CONFLICT);
            alice.say("den", "m2", "next");
            bob.awaitMessages("m1", "m2");
            assertThat(TestRoom.ids(node, "bob")).containsExactly("m2", "m1");
        }
    }

    @Test
    void G3_eachMemberGetsAnAuthorsMessagesInTheirOrder() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            TestClient alice = TestClient.open(node, "alice");
            cluster.queue.messages.always(Fault.LATE);
            List<CompletionStage<SendResult>> sends = new ArrayList<>();
            List<String> ids = IntStream.range(0, Math.min(300, cluster.burst() / 2))
                    .mapToObj(i -> "m" + i)
                    .toList();
            ids.forEach(id -> sends.add(alice.session().send(alice.toRoom("den", id, "text"))));
            List<Long> times = sends.stream().map(each -> join(each).storedAt()).toList();

            await().untilAsserted(() -> assertThat(bob.messages()).isEqualTo(ids));
            await().untilAsserted(() -> assertThat(carol.messages()).isEqualTo(ids));
            assertThat(times).isSorted().doesNotHaveDuplicates();
            List<Long> logged = bob.received().stream().map(Envelope::loggedAt).toList();
            assertThat(logged).isEqualTo(times);
        }
    }

    @Test
    void G4_anUnconfirmedMessageComesAgainOnAnotherNode() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient silent = TestClient.silent(cluster.node(), "bob");
            TestClient.open(node, "alice").say("den", "m1", "text");
            silent.awaitMessages("m1");
            silent.leave();

            TestClient.open(cluster.node(), "bob").awaitMessages("m1");
        }
    }

    @Test
    void membersOfALargeRoomAllGetAMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            // More than are appended to at once.
            String[] members = IntStream.range(0, 100).mapToObj(i -> "user" + i).toArray(String[]::new);
            TestRoom.create(node, members);
            cluster.queue.messages.always(Fault.LATE);
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", "text");
            alice.say("den", "m2", "text");

            for (String member : members) {
                assertThat(join(cluster.queue.read(UserId.of(member), 0, 10)).events())
                        .as("the queue of %s", member)
                        .extracting(
                                each -> ((ChatEvent.Message) each.event()).id().value())
                        .containsExactly("m1", "m2");
            }
            TestClient.open(node, members[0]).awaitMessages("m1", "m2");
            TestClient.open(node, members[99]).awaitMessages("m1", "m2");
        }
    }

    @Test
    void G12_aNonMemberNeitherWritesNorTypesNorReads() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(node, "bob");
            TestClient carol = TestClient.open(node, "carol");

            assertThat(failure(carol.session().send(carol.toRoom("den", "m1", "let me in"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(carol.session().send(ChatEvent.typingIn(CAROL, TestRoom.ID))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(node.callLogs().messages(CAROL, TestRoom.TALK, 9, "")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(node.callLogs().remove(CAROL, TestRoom.TALK))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(bob.received()).isEmpty();
        }
    }

    @Test
    void aNewMemberMayWriteAtOnceAndAFormerOneMayNot() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            assertThat(failure(carol.session().send(carol.toRoom("den", "m1", "not yet"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            join(node.rooms().put(UserId.of("alice"), TestRoom.ID, CAROL, RoomRole.MEMBER));
            carol.say("den", "m1", "now");
            TestClient alice = TestClient.open(node, "alice");
            TestRoom.awaitMessages(alice, "m1");

            join(node.rooms().remove(UserId.of("bob"), TestRoom.ID, UserId.of("bob")));
            alice.say("den", "m2", "without bob");
            TestClient bob = TestClient.open(node, "bob");
            TestRoom.awaitMessages(bob, "m1");
            assertThat(failure(bob.session().send(bob.toRoom("den", "m3", "hello?"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void otherNodesKnowAChangeOfMembersWithinTheirCachesTime() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().permissionCache(Duration.ofMillis(50)).build()));
            Chat other = cluster.node();
            TestRoom.create(other, "bob");
            TestClient bob = TestClient.open(node, "bob");
            bob.say("den", "m1", "text");
            join(other.rooms().remove(UserId.of("alice"), TestRoom.ID, UserId.of("bob")));

            await().until(() -> bob.session()
                    .send(bob.toRoom("den", "m1", "text"))
                    .handle((done, failure) -> failure != null)
                    .toCompletableFuture()
                    .join());
        }
    }

    @Test
    void typingReachesTheOnlineMembers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            join(alice.session().send(ChatEvent.typingIn(UserId.of("alice"), TestRoom.ID)));

            Envelope signal = bob.awaitFirst(each -> each.event().kind() == EventKind.TYPING);
            assertThat(signal.event().to()).isEqualTo(UserId.of("bob"));
            assertThat(((ChatEvent.Signal) signal.event()).room()).isEqualTo(TestRoom.ID);
            assertThat(alice.received()).isEmpty();
        }
    }

    @Test
    void theListOfConversationsHoldsTheRoomWithItsUnreadCount() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            await().until(() -> {
                // A message of the millisecond in which bob joined does not count.
                alice.say("den", MessageId.random().value(), "text");
                return TestRoom.entry(node, "bob").unread() > 0;
            });
            alice.say("den", "last", "text");

            assertThat(TestRoom.entry(node, "bob").last().message().id()).hasToString("last");
            assertThat(TestRoom.entry(node, "bob").unread()).isGreaterThan(1);
            assertThat(TestRoom.entry(node, "alice").unread()).isZero();
        }
    }
}
