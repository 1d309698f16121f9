package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A blocked user is refused, and reaches nobody who blocked that user. */
public class BlocksTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    @Test
    void aBlockedUserNeitherWritesNorTypesUntilUnblocked() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m1", "before");
            join(node.profiles().block(BOB, ALICE));

            assertThat(failure(alice.session().send(alice.message("bob", "m2", "blocked"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(alice.session().send(ChatEvent.typing(ALICE, BOB))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(node.send(alice.message("bob", "m2", "blocked"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            bob.send("alice", "b1", "a block goes one way");
            join(node.profiles().unblock(BOB, ALICE));
            alice.send("bob", "m3", "again");
            bob.awaitMessages("m1", "m3");
        }
    }

    @Test
    void G12_aBlockHoldsInRoomsToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(BOB, ALICE));
            TestClient bob = TestClient.open(node, "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "a1", "from the blocked");
            join(alice.session().send(ChatEvent.typingIn(ALICE, TestRoom.ID)));
            join(node.send(alice.toRoom("den", "a2", "over HTTP")));
            carol.say("den", "c1", "from somebody else");

            carol.awaitMessages("a1", "a2");
            bob.awaitMessages("c1");
            assertThat(bob.count(EventKind.TYPING)).isZero();
            assertThat(TestRoom.ids(node, "bob")).containsExactly("c1");
            join(node.profiles().unblock(BOB, ALICE));
            alice.say("den", "a3", "again");
            bob.awaitMessages("c1", "a3");
        }
    }

    @Test
    void G12_theBlockerTypesUnseenInRoomsAndIsStillRead() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(BOB, ALICE));
            TestClient alice = TestClient.open(node, "alice");
            TestClient carol = TestClient.open(node, "carol");
            TestClient bob = TestClient.open(node, "bob");
            join(bob.session().send(ChatEvent.typingIn(BOB, TestRoom.ID)));
            bob.say("den", "b1", "for all");

            alice.awaitMessages("b1");
            carol.awaitMessages("b1");
            assertThat(carol.count(EventKind.TYPING)).isEqualTo(1);
            assertThat(alice.count(EventKind.TYPING)).isZero();
        }
    }

    @Test
    void G12_aBlockedAuthorGetsNoReceiptsAndSeesNoMarks() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "before the block");
            TestClient.open(node, "carol").send("bob", "c1", "from somebody else");
            join(node.profiles().block(BOB, ALICE));
            TestClient bob = TestClient.open(node, "bob");
            bob.awaitMessages("m1", "c1");
            assertThat(join(bob.display("alice", "m1")).duplicate()).isFalse();
            await().until(() -> join(cluster.queue.read(BOB, 0, 9)).events().isEmpty());
            bob.leave();

            TestClient again = TestClient.open(node, "bob");
            TestClient.open(node, "dave").send("bob", "d1", "marks the end");
            again.awaitMessages("d1");
            assertThat(alice.count(EventKind.DELIVERY)).isZero();
            assertThat(alice.count(EventKind.DISPLAY)).isZero();
            assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.SENT);
        }
    }

    @Test
    void otherNodesKnowABlockWithinTheirCachesTime() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().permissionCache(Duration.ofMillis(50)).build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "text");
            join(cluster.node().profiles().block(BOB, ALICE));

            await().untilAsserted(() -> assertThat(failure(alice.session().send(alice.message("bob", "m1", "text"))))
                    .isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    @Test
    void G9_aSendIsRefusedWhileBlocksCannotBeReadAndTheNextOneReadsAgain() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.openOnImpatient(cluster.impatientNode(), "alice");
            for (Fault fault : new Fault[] {Fault.REFUSE, Fault.LOSE_ANSWER, Fault.HANG}) {
                cluster.profiles.asking.next(1, fault);
                assertThat(failure(alice.session().send(alice.message("bob" + fault, "m1", "text"))))
                        .isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(alice.send("bob" + fault, "m1", "text").duplicate()).isFalse();
            }
        }
    }

    @Test
    void manySendsShareOneReadOfBlocks() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().permissionCache(Duration.ofMinutes(1)).build()));
            TestClient alice = TestClient.open(node, "alice");
            for (int i = 0; i < 50; i++) {
                alice.send("bob", "m" + i, "text");
            }

            assertThat(cluster.profiles.asking.calls()).isEqualTo(1);
        }
    }

    @Test
    void aUserBlocksNeitherThemselvesNorMoreThanTheLimit() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(
                    builder -> builder.config(TestCluster.config().maxBlocks(1).build()));

            assertThat(failure(node.profiles().block(ALICE, ALICE))).isEqualTo(ErrorCode.BAD_REQUEST);
            join(node.profiles().block(ALICE, BOB));
            assertThat(failure(node.profiles().block(ALICE, UserId.of("carol"))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(join(node.profiles().blocks(ALICE))).containsExactly(BOB);
        }
    }

    @Test
    void aProfileIsThereForEveryoneOnEveryNode() {
        try (TestCluster cluster = cluster()) {
            join(cluster.node().profiles().put(ALICE, Profile.named("Alice")));

            assertThat(join(cluster.node().profiles().find(ALICE))).contains(Profile.named("Alice"));
            assertThat(join(cluster.node().profiles().find(BOB))).isEmpty();
        }
    }
}
