package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers of a room read and give receipts, and cannot write. */
public class ReadersTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static AdditionOutcome role(Chat node, UserId user, RoomRole role) {
        return join(node.rooms().put(ALICE, TestRoom.ID, user, role));
    }

    private static RoomRole roleOf(Chat node, UserId user) {
        return join(node.rooms().find(ALICE, TestRoom.ID))
                .member(user)
                .map(RoomMember::role)
                .orElseThrow();
    }

    @Test
    void G12_whatAReaderWritesIsRefusedWithAClearSentence() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            role(node, BOB, RoomRole.READER);
            TestClient bob = TestClient.open(cluster.node(), "bob");

            assertThatThrownBy(() -> bob.say("den", "m1", "may I?"))
                    .isInstanceOfSatisfying(ChatException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN);
                        assertThat(refusal.detail()).isEqualTo("you are a reader of this room and cannot write");
                    });
            assertThat(failure(bob.session().send(ChatEvent.typingIn(BOB, TestRoom.ID))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(node.send(ChatEvent.roomMessage(BOB, TestRoom.ID, "over REST"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(TestRoom.ids(node, "alice")).doesNotContain("m1");
        }
    }

    @Test
    void aReaderGetsMessagesAndGivesReceipts() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            role(node, BOB, RoomRole.READER);
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            alice.say("den", "m1", "news");
            TestRoom.awaitMessages(bob, "m1");
            join(bob.session()
                    .send(ChatEvent.display(BOB, ALICE, MessageId.of("m1")).in(TestRoom.ID)));

            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            assertThat(TestRoom.ids(node, "bob")).contains("m1");
        }
    }

    @Test
    void aReaderReactsToMessages() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            role(node, BOB, RoomRole.READER);
            TestClient.open(node, "alice").say("den", "m1", "news");

            join(node.send(Amendment.by(BOB)
                    .in(TestRoom.ID)
                    .about(new MessageRef(ALICE, MessageId.of("m1")))
                    .react("+")));

            assertThat(TestRoom.history(node, "alice").get(0).reactions()).hasSize(1);
        }
    }

    @Test
    void aReaderWhoBecomesAMemberWritesAtOnceOnEveryNode() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            role(node, BOB, RoomRole.READER);
            TestClient bob = TestClient.open(cluster.node(), "bob");
            assertThat(failure(bob.session().send(bob.toRoom("den", "m1", "early"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);

            role(node, BOB, RoomRole.MEMBER);

            bob.say("den", "m2", "now");
            assertThat(TestRoom.ids(node, "alice")).contains("m2");
        }
    }

    @Test
    void inAnAnnouncementRoomWhoeverJoinsIsAReader() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            join(rooms.create(ALICE, TestRoom.ID, "News", true, List.of()));
            join(rooms.update(ALICE, TestRoom.ID, RoomUpdate.NONE.withJoinRole(RoomRole.READER)));

            assertThat(join(rooms.put(BOB, TestRoom.ID, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(roleOf(cluster.node(), BOB)).isEqualTo(RoomRole.READER);
            assertThat(join(rooms.put(BOB, TestRoom.ID, BOB, RoomRole.MEMBER)))
                    .as("a repetition of the call that joined")
                    .isEqualTo(AdditionOutcome.NONE);
            assertThat(roleOf(cluster.node(), BOB)).isEqualTo(RoomRole.READER);
            assertThat(failure(rooms.put(BOB, TestRoom.ID, BOB, RoomRole.OWNER)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(role(cluster.node(), BOB, RoomRole.MEMBER)).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(failure(rooms.put(BOB, TestRoom.ID, BOB, RoomRole.READER)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void whoAcceptsAnInvitationToAnAnnouncementRoomIsAReader() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            TestRoom.create(cluster.node());
            join(rooms.update(ALICE, TestRoom.ID, RoomUpdate.NONE.withJoinRole(RoomRole.READER)));
            join(rooms.setAdditionPolicy(BOB, AdditionPolicy.ASK));

            assertThat(role(cluster.node(), BOB, RoomRole.READER)).isEqualTo(AdditionOutcome.INVITED);
            assertThat(join(rooms.put(BOB, TestRoom.ID, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(roleOf(cluster.node(), BOB)).isEqualTo(RoomRole.READER);
        }
    }

    @Test
    void theLastOwnerWhoLeavesHandsTheRoomToTheOldestMemberEvenToAReader() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            TestRoom.create(cluster.node());
            role(cluster.node(), BOB, RoomRole.READER);

            join(rooms.remove(ALICE, TestRoom.ID, ALICE));

            assertThat(join(rooms.find(BOB, TestRoom.ID)).members())
                    .extracting(RoomMember::role)
                    .containsExactly(RoomRole.OWNER);
        }
    }
}
