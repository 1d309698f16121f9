package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.testing.Faults.Fault;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rights to create, see, join, change and leave a room. */
public class RoomsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final RoomId DEN = RoomId.of("den");

    private static List<UserId> users(Room room) {
        return room.members().stream().map(RoomMember::user).toList();
    }

    private static Room create(Rooms rooms, boolean open) {
        return join(rooms.create(ALICE, DEN, "the den", open, List.of(BOB)));
    }

    @Test
    void aRoomIsThereForItsMembersOnEveryNode() {
        try (TestCluster cluster = cluster()) {
            Room room = create(cluster.node().rooms(), false);
            Rooms elsewhere = cluster.node().rooms();

            assertThat(room.name()).isEqualTo("the den");
            assertThat(users(room)).containsExactly(ALICE, BOB);
            assertThat(room.member(ALICE).orElseThrow().role()).isEqualTo(RoomRole.OWNER);
            assertThat(room.member(BOB).orElseThrow().role()).isEqualTo(RoomRole.MEMBER);
            assertThat(join(elsewhere.find(BOB, DEN))).isEqualTo(room);
            assertThat(join(elsewhere.list(BOB))).extracting(Membership::room).containsExactly(DEN);
        }
    }

    @Test
    void G12_aRoomIsNotFoundByNonMembers() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, false);

            assertThat(failure(rooms.find(CAROL, DEN))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(CAROL, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(CAROL, DEN, CAROL, RoomRole.OWNER))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.remove(CAROL, DEN, BOB))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.remove(CAROL, DEN, CAROL))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.find(CAROL, RoomId.of("none")))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(rooms.list(CAROL))).isEmpty();
        }
    }

    @Test
    void G12_onlyOwnersAddRemoveOrChangeOthers() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            Room room = create(rooms, false);

            assertThat(failure(rooms.put(BOB, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(rooms.put(BOB, DEN, BOB, RoomRole.OWNER))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(rooms.put(BOB, DEN, ALICE, RoomRole.MEMBER))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(rooms.remove(BOB, DEN, ALICE))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(join(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.NONE);
            assertThat(join(rooms.find(ALICE, DEN))).isEqualTo(room);
        }
    }

    @Test
    void ownersAddChangeAndRemoveMembersAndAnyoneLeaves() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, false);

            assertThat(join(rooms.put(ALICE, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(join(rooms.put(ALICE, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.NONE);
            assertThat(join(rooms.put(ALICE, DEN, BOB, RoomRole.OWNER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(join(rooms.remove(BOB, DEN, CAROL))).isTrue();
            assertThat(join(rooms.remove(BOB, DEN, CAROL))).isFalse();
            assertThat(join(rooms.remove(ALICE, DEN, ALICE))).isTrue();
            assertThat(failure(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(users(join(rooms.find(BOB, DEN)))).containsExactly(BOB);
            assertThat(join(rooms.remove(BOB, DEN, BOB))).isTrue();
            assertThat(failure(rooms.find(BOB, DEN))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void theLastOwnerWhoLeavesHandsTheRoomToTheMemberWhoJoinedFirst() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, false);
            join(rooms.put(ALICE, DEN, CAROL, RoomRole.MEMBER));

            assertThat(join(rooms.remove(ALICE, DEN, ALICE))).isTrue();
            Room left = join(rooms.find(BOB, DEN));
            assertThat(users(left)).containsExactly(BOB, CAROL);
            assertThat(left.member(BOB).orElseThrow().role()).isEqualTo(RoomRole.OWNER);
            assertThat(left.member(CAROL).orElseThrow().role()).isEqualTo(RoomRole.MEMBER);
        }
    }

    @Test
    void anyoneMayJoinAnOpenRoomAsAMember() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, true);

            assertThat(failure(rooms.find(CAROL, DEN))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(CAROL, DEN, CAROL, RoomRole.OWNER))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(CAROL, DEN, UserId.of("dave"), RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(rooms.put(CAROL, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(users(join(rooms.find(CAROL, DEN)))).containsExactly(ALICE, BOB, CAROL);
            assertThat(failure(rooms.put(CAROL, DEN, UserId.of("dave"), RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void aCreationMayBeRepeatedAndTheIdOfAnotherRoomIsAConflict() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            cluster.rooms.changing.next(1, Fault.LOSE_ANSWER);
            assertThat(failure(rooms.create(ALICE, DEN, "the den", false, List.of(BOB))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            assertThat(users(create(rooms, false))).containsExactly(ALICE, BOB);
            assertThat(failure(rooms.create(CAROL, DEN, "the den", false, List.of())))
                    .isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure(rooms.create(ALICE, DEN, "another", false, List.of())))
                    .isEqualTo(ErrorCode.CONFLICT);
        }
    }

    @Test
    void aRoomIsCreatedWithManyMembersUpToTheLimit() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().maxRoomMembers(101).build()));
            List<UserId> many =
                    IntStream.range(0, 100).mapToObj(i -> UserId.of("user" + i)).toList();

            assertThat(users(join(node.rooms().create(ALICE, DEN, "many", true, many))))
                    .hasSize(101)
                    .containsAll(many);
            assertThat(failure(node.rooms().put(BOB, DEN, BOB, RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(failure(node.rooms()
                            .create(
                                    ALICE,
                                    RoomId.of("more"),
                                    "more",
                                    true,
                                    IntStream.range(0, 101)
                                            .mapToObj(i -> UserId.of("user" + i))
                                            .toList())))
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    @Test
    void aUserIsInNoMoreRoomsThanTheLimit() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node(builder -> builder.config(
                            TestCluster.config().maxRoomsPerUser(2).build()))
                    .rooms();
            create(rooms, false);
            join(rooms.create(ALICE, RoomId.of("attic"), "attic", false, List.of()));

            assertThat(failure(rooms.create(ALICE, RoomId.of("cellar"), "cellar", false, List.of())))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            join(rooms.create(CAROL, RoomId.of("cellar"), "cellar", true, List.of()));
            assertThat(failure(rooms.put(ALICE, RoomId.of("cellar"), ALICE, RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(join(rooms.put(BOB, RoomId.of("cellar"), BOB, RoomRole.MEMBER)))
                    .isEqualTo(AdditionOutcome.CHANGED);
            assertThat(users(create(rooms, false))).containsExactly(ALICE, BOB);
        }
    }

    @Test
    void G13_aNameOfTheWrongFormIsRefused() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();

            for (String name : List.of("", " ", "x".repeat(101), "half \ud83d", "\u2060", "two\nlines", "nul\u0000")) {
                assertThat(failure(rooms.create(ALICE, DEN, name, false, List.of())))
                        .isEqualTo(ErrorCode.BAD_REQUEST);
            }
            assertThat(join(rooms.create(ALICE, DEN, "👋".repeat(100), false, List.of()))
                            .name())
                    .hasSize(200);
        }
    }
}
