package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomInvitation;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody is put into a room against their will, and nobody uses up the limit of another user. */
public class RoomConsentTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final RoomId DEN = RoomId.of("den");

    private static Room create(Rooms rooms, RoomId id, UserId... members) {
        return join(rooms.create(ALICE, id, "the " + id, false, List.of(members)));
    }

    private static List<RoomId> rooms(Rooms rooms, UserId user) {
        return join(rooms.list(user)).stream().map(Membership::room).toList();
    }

    private static List<RoomId> invitations(Rooms rooms, UserId user) {
        return join(rooms.invitations(user)).stream().map(RoomInvitation::room).toList();
    }

    private static Rooms rooms(TestCluster cluster, ChatConfig.Builder config) {
        return cluster.node(builder -> builder.config(config.build())).rooms();
    }

    @Test
    void G12_aBlockedUserAddsTheBlockerToNoRoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.profiles().block(BOB, ALICE));

            assertThat(failure(node.rooms().create(ALICE, DEN, "den", false, List.of(CAROL, BOB))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(rooms(node.rooms(), CAROL)).isEmpty();
            create(node.rooms(), DEN, CAROL);
            assertThat(failure(node.rooms().put(ALICE, DEN, BOB, RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(rooms(node.rooms(), BOB)).isEmpty();
            assertThat(invitations(node.rooms(), BOB)).isEmpty();
        }
    }

    @Test
    void G12_aBlockedUserDoesNotJoinAnOpenRoomOfTheBlocker() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.rooms().create(BOB, DEN, "den", true, List.of()));
            join(node.profiles().block(BOB, ALICE));

            assertThat(failure(node.rooms().put(ALICE, DEN, ALICE, RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(node.rooms().put(CAROL, DEN, CAROL, RoomRole.MEMBER)))
                    .isEqualTo(AdditionOutcome.CHANGED);
        }
    }

    @Test
    void whoLeftIsInvitedAgainAndDecides() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, DEN, BOB, CAROL);
            join(rooms.remove(BOB, DEN, BOB));

            assertThat(join(rooms.put(ALICE, DEN, BOB, RoomRole.OWNER))).isEqualTo(AdditionOutcome.INVITED);
            assertThat(join(rooms.create(ALICE, DEN, "the den", false, List.of(BOB, CAROL)))
                            .member(BOB))
                    .isEmpty();
            RoomInvitation invitation = join(rooms.invitations(BOB)).get(0);
            assertThat(invitation.room()).isEqualTo(DEN);
            assertThat(invitation.name()).isEqualTo("the den");
            assertThat(invitation.by()).isEqualTo(ALICE);
            assertThat(join(rooms.remove(BOB, DEN, BOB))).isTrue();
            assertThat(invitations(rooms, BOB)).isEmpty();
            assertThat(failure(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER))).isEqualTo(ErrorCode.NOT_FOUND);

            join(rooms.put(ALICE, DEN, BOB, RoomRole.MEMBER));
            assertThat(failure(rooms.find(BOB, DEN))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(rooms.put(BOB, DEN, BOB, RoomRole.OWNER))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
            assertThat(rooms(rooms, BOB)).containsExactly(DEN);
            assertThat(invitations(rooms, BOB)).isEmpty();
        }
    }

    @Test
    void whoIsMadeTheLastOwnerMayStillLeave() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, DEN, BOB, CAROL);
            join(rooms.put(ALICE, DEN, BOB, RoomRole.OWNER));
            join(rooms.remove(ALICE, DEN, ALICE));

            assertThat(join(rooms.remove(BOB, DEN, BOB))).isTrue();
            assertThat(join(rooms.put(CAROL, DEN, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.INVITED);
            assertThat(join(rooms.put(CAROL, DEN, ALICE, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.INVITED);
        }
    }

    @Test
    void whomAnOwnerRemovedMayBeAddedAgain() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, DEN, BOB);
            join(rooms.remove(ALICE, DEN, BOB));

            assertThat(join(rooms.put(ALICE, DEN, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
        }
    }

    @Test
    void whoJoinsAnOpenRoomAgainMayBeAddedLater() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            join(rooms.create(ALICE, DEN, "den", true, List.of(BOB)));
            join(rooms.remove(BOB, DEN, BOB));
            join(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER));
            join(rooms.remove(ALICE, DEN, BOB));

            assertThat(join(rooms.put(ALICE, DEN, BOB, RoomRole.MEMBER))).isEqualTo(AdditionOutcome.CHANGED);
        }
    }

    @Test
    void whoAsksToBeAskedIsInvitedOnEveryNode() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            assertThat(join(rooms.additionPolicy(BOB))).isEqualTo(AdditionPolicy.ALLOW);
            join(cluster.node().rooms().setAdditionPolicy(BOB, AdditionPolicy.ASK));
            assertThat(join(rooms.additionPolicy(BOB))).isEqualTo(AdditionPolicy.ASK);

            assertThat(create(rooms, DEN, BOB, CAROL).members())
                    .extracting(RoomMember::user)
                    .containsExactly(ALICE, CAROL);
            assertThat(invitations(rooms, BOB)).containsExactly(DEN);
            assertThat(join(rooms.create(BOB, RoomId.of("own"), "own", false, List.of()))
                            .members())
                    .hasSize(1);
            join(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER));
            assertThat(join(rooms.find(BOB, DEN)).member(BOB).orElseThrow().addedBy())
                    .isEqualTo(BOB);
        }
    }

    @Test
    void anOwnerWithdrawsAnInvitation() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            join(rooms.setAdditionPolicy(BOB, AdditionPolicy.ASK));
            create(rooms, DEN, BOB);

            assertThat(join(rooms.remove(ALICE, DEN, BOB))).isTrue();
            assertThat(join(rooms.remove(ALICE, DEN, BOB))).isFalse();
            assertThat(invitations(rooms, BOB)).isEmpty();
            assertThat(failure(rooms.put(BOB, DEN, BOB, RoomRole.MEMBER))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void invitationsOfPeopleWhomTheUserBlockedAreNotShown() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.rooms().setAdditionPolicy(BOB, AdditionPolicy.ASK));
            create(node.rooms(), DEN, BOB);
            join(node.profiles().block(BOB, ALICE));

            assertThat(invitations(node.rooms(), BOB)).isEmpty();
        }
    }

    @Test
    void G13_additionsByOthersDoNotUseUpTheUsersOwnRooms() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = rooms(cluster, TestCluster.config().maxRoomsPerUser(2).maxRoomAdditions(20));
            for (int i = 0; i < 4; i++) {
                join(rooms.create(UserId.of("mallory" + i), RoomId.of("m" + i), "m", false, List.of(BOB)));
            }

            join(rooms.create(BOB, RoomId.of("own1"), "own", false, List.of()));
            join(rooms.create(BOB, RoomId.of("own2"), "own", false, List.of()));
            assertThat(failure(rooms.create(BOB, RoomId.of("own3"), "own", false, List.of())))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(rooms(rooms, BOB)).hasSize(6);
        }
    }

    @Test
    void G13_oneAccountAddsAUserToFewRoomsAndInvitesToFewMore() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = rooms(cluster, TestCluster.config().maxRoomAdditions(20));
            for (int i = 0; i < 12; i++) {
                create(rooms, RoomId.of("a" + i), BOB);
            }
            assertThat(rooms(rooms, BOB)).hasSize(2);
            assertThat(invitations(rooms, BOB)).hasSize(10);

            assertThat(failure(rooms.create(ALICE, RoomId.of("more"), "more", false, List.of(BOB))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            join(rooms.create(CAROL, RoomId.of("carol"), "carol", false, List.of(BOB)));
            assertThat(rooms(rooms, BOB)).contains(RoomId.of("carol"));
        }
    }

    @Test
    void G13_manyAdditionsAtOnceDoNotPassTheLimitTogether() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = rooms(cluster, TestCluster.config().maxRoomAdditions(20));
            List<CompletionStage<Room>> calls =
                    atOnce(cluster, 5, i -> rooms.create(ALICE, RoomId.of("a" + i), "a", false, List.of(BOB)));

            calls.forEach(TestClient::join);

            assertThat(rooms(rooms, BOB)).hasSize(2);
            assertThat(invitations(rooms, BOB)).hasSize(3);
        }
    }

    @Test
    void G13_manyInvitationsAtOnceDoNotPassTheLimitTogether() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            join(rooms.setAdditionPolicy(BOB, AdditionPolicy.ASK));
            IntStream.range(0, 12).forEach(i -> create(rooms, RoomId.of("a" + i)));

            List<CompletionStage<AdditionOutcome>> calls =
                    atOnce(cluster, 12, i -> rooms.put(ALICE, RoomId.of("a" + i), BOB, RoomRole.MEMBER));

            assertThat(calls.stream().filter(RoomConsentTest::isRefused).count())
                    .isEqualTo(2);
            assertThat(invitations(rooms, BOB)).hasSize(10);
        }
    }

    @Test
    void G13_manyRoomsAtOnceDoNotPassTheLimitOfTheirOwner() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = rooms(cluster, TestCluster.config().maxRoomsPerUser(2));
            List<CompletionStage<Room>> calls =
                    atOnce(cluster, 5, i -> rooms.create(ALICE, RoomId.of("a" + i), "a", false, List.of()));

            assertThat(calls.stream().filter(RoomConsentTest::isRefused).count())
                    .isEqualTo(3);
            assertThat(rooms(rooms, ALICE)).hasSize(2);
            join(rooms.remove(ALICE, rooms(rooms, ALICE).get(0), ALICE));
            join(rooms.create(ALICE, RoomId.of("later"), "later", false, List.of()));
        }
    }

    /** Makes calls that have all read the store before the first of them writes. */
    private static <T> List<CompletionStage<T>> atOnce(
            TestCluster cluster, int count, IntFunction<CompletionStage<T>> call) {
        CompletableFuture<Void> written = cluster.rooms.changing.nextIsHeld();
        cluster.rooms.changing.always(Fault.HOLD);
        List<CompletionStage<T>> calls =
                IntStream.range(0, count).mapToObj(call).toList();
        cluster.rooms.changing.heal();
        written.complete(null);
        return calls;
    }

    private static boolean isRefused(CompletionStage<?> call) {
        try {
            join(call);
            return false;
        } catch (ChatException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE);
            return true;
        }
    }

    @Test
    void G13_peopleAreAddedNoFasterThanTheRateAllows() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms =
                    rooms(cluster, TestCluster.config().messagesPerSecond(1).burst(Duration.ofSeconds(5)));
            List<UserId> many =
                    IntStream.range(0, 20).mapToObj(i -> UserId.of("user" + i)).toList();
            join(rooms.create(ALICE, DEN, "den", false, many));

            assertThat(failure(rooms.create(ALICE, RoomId.of("more"), "more", false, List.of())))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(failure(rooms.put(ALICE, DEN, CAROL, RoomRole.MEMBER))).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(join(rooms.remove(UserId.of("user1"), DEN, UserId.of("user1"))))
                    .isTrue();
        }
    }

    @Test
    void twoLastOwnersMayLeaveAtOnce() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            create(rooms, DEN, BOB, CAROL);
            join(rooms.put(ALICE, DEN, BOB, RoomRole.OWNER));
            var first = rooms.remove(ALICE, DEN, ALICE);
            var second = cluster.node().rooms().remove(BOB, DEN, BOB);

            assertThat(join(first)).isTrue();
            assertThat(join(second)).isTrue();
            assertThat(join(rooms.find(CAROL, DEN)).member(CAROL).orElseThrow().role())
                    .isEqualTo(RoomRole.OWNER);
        }
    }
}
