package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.testing.TestClient;
import org.junit.jupiter.api.Test;

/** G12: the owner of a room writes nothing to a member who has blocked them, by no change of the room. */
public class BlockedOwnersTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    @Test
    void aBlockedOwnerWritesNothingToTheBlockerByAName() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(CAROL, ALICE));
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");

            join(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withName("I know that you read this")));

            assertThat(RoomStoriesTest.awaitType(bob, "system.renamed").text()).contains("I know that you read this");
            assertThat(RoomStoriesTest.awaitSignal(carol, "system.updated").data())
                    .isNull();
            bob.say("den", "m1", "text");
            carol.awaitMessages("m1");
            assertThat(TestRoom.history(node, "carol"))
                    .extracting(each -> each.message().id().value())
                    .containsExactly("m1");
        }
    }

    @Test
    void theSignalsOfABlockedOwnerNameNoRoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "carol");
            join(node.rooms().setAdditionPolicy(BOB, AdditionPolicy.ASK));
            join(node.rooms().put(ALICE, TestRoom.ID, BOB, RoomRole.MEMBER));
            join(node.profiles().block(BOB, ALICE));
            join(node.profiles().block(CAROL, ALICE));
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");

            join(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withPicture("/p.png")));
            join(node.rooms().remove(ALICE, TestRoom.ID, BOB));

            assertThat(RoomStoriesTest.awaitSignal(carol, "system.updated").data())
                    .isNull();
            assertThat(RoomStoriesTest.awaitSignal(bob, "system.uninvited").data())
                    .isNull();
        }
    }

    @Test
    void aNameByTheApplicationIsToldToThoseWhoBlockedTheOwner() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "carol");
            join(node.profiles().block(CAROL, ALICE));

            join(node.host().rooms().update(TestRoom.ID, RoomUpdate.NONE.withName("news")));

            assertThat(TestRoom.history(node, "carol"))
                    .extracting(each -> each.message().text())
                    .containsExactly("the den was renamed to news");
        }
    }
}
