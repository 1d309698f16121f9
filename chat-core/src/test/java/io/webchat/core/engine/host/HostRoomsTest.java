package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.HostRooms;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application changes rooms without being a member, and without the consent that users need of each other. */
public class HostRoomsTest extends EngineSuite {
    private static final RoomId DEN = TestRoom.ID;
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    private static Room create(HostRooms rooms, UserId... members) {
        return join(rooms.create(ALICE, DEN, "the den", false, List.of(members)));
    }

    @Test
    void G16_membersAreAddedAtOnceWhateverTheyHaveBlocked() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.profiles().block(BOB, ALICE));
            join(node.rooms().setAdditionPolicy(CAROL, AdditionPolicy.ASK));

            Room room = create(node.host().rooms(), BOB);
            boolean added = join(node.host().rooms().put(DEN, CAROL, RoomRole.MEMBER));

            assertThat(room.members()).extracting(RoomMember::user).containsExactly(ALICE, BOB);
            assertThat(added).isTrue();
            assertThat(join(node.rooms().list(CAROL)))
                    .extracting(Membership::addedBy)
                    .containsExactly(ALICE);
            assertThat(create(node.host().rooms(), BOB).members()).hasSize(3);
            assertThat(failure(node.host().rooms().create(BOB, DEN, "other", true, List.of())))
                    .isEqualTo(ErrorCode.CONFLICT);
        }
    }

    @Test
    void rolesAndNamesChangeOnAllNodes() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            HostRooms rooms = node.host().rooms();
            create(rooms, BOB);

            assertThat(join(rooms.put(DEN, BOB, RoomRole.OWNER))).isTrue();
            assertThat(join(rooms.put(DEN, BOB, RoomRole.OWNER))).isFalse();
            assertThat(join(rooms.put(DEN, ALICE, RoomRole.MEMBER))).isTrue();
            assertThat(failure(rooms.put(DEN, BOB, RoomRole.MEMBER))).isEqualTo(ErrorCode.CONFLICT);
            join(rooms.rename(DEN, "the lair"));

            Chat other = cluster.node();
            assertThat(join(other.host().rooms().find(DEN)).name()).isEqualTo("the lair");
            assertThat(join(other.rooms().list(BOB)))
                    .extracting(Membership::name, Membership::role)
                    .containsExactly(org.assertj.core.api.Assertions.tuple("the lair", RoomRole.OWNER));
        }
    }

    @Test
    void theLastOwnerWhoIsRemovedHandsTheRoomOn() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            HostRooms rooms = node.host().rooms();
            create(rooms, BOB);

            assertThat(join(rooms.remove(DEN, ALICE))).isTrue();
            assertThat(join(rooms.remove(DEN, ALICE))).isFalse();

            assertThat(join(rooms.find(DEN)).members())
                    .extracting(RoomMember::user, RoomMember::role)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(BOB, RoomRole.OWNER));
            assertThat(join(rooms.remove(DEN, BOB))).isTrue();
            assertThat(failure(rooms.find(DEN))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aDeletedRoomIsGoneForItsMembersWithItsHistory() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            HostRooms rooms = node.host().rooms();
            create(rooms, BOB, CAROL);
            join(rooms.put(DEN, BOB, RoomRole.OWNER));
            TestClient.open(node, "alice").say("den", "m1", "text");

            assertThat(join(rooms.delete(DEN))).isTrue();

            assertThat(failure(rooms.find(DEN))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(node.rooms().list(CAROL))).isEmpty();
            assertThat(failure(node.callLogs().messages(ALICE, TestRoom.TALK, 9, "")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(node.callLogs().conversations(ALICE, 9, "")).items())
                    .isEmpty();
            assertThat(join(rooms.delete(DEN))).isFalse();
            assertThat(failure(rooms.create(ALICE, DEN, "again", false, List.of())))
                    .isEqualTo(ErrorCode.CONFLICT);
        }
    }

    @Test
    void G13_badRequestsAreRefused() {
        try (TestCluster cluster = cluster()) {
            HostRooms rooms = cluster.node().host().rooms();
            create(rooms);

            assertThat(failure(rooms.create(ALICE, RoomId.of("r2"), " ", false, List.of())))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(rooms.rename(DEN, "\n"))).isEqualTo(ErrorCode.BAD_REQUEST);
            RoomId nowhere = RoomId.of("nowhere");
            assertThat(failure(rooms.rename(nowhere, "name"))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(nowhere, BOB, RoomRole.MEMBER))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.remove(nowhere, BOB))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
