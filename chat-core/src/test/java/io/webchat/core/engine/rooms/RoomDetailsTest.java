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
import io.webchat.core.events.Json;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.testing.Faults.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners give a room another name, a picture, data and a join role, within bounds, and everybody sees it. */
public class RoomDetailsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    private static Room update(Chat node, RoomUpdate update) {
        return join(node.rooms().update(ALICE, TestRoom.ID, update));
    }

    private static Json dataOf(int bytes) {
        return Json.parse("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }

    @Test
    void anOwnerUpdatesTheDetailsAndEachMemberSeesThemOnEveryNode() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            Json data = Json.parse("{\"topic\": \"news\"}");

            Room room = update(
                    node,
                    RoomUpdate.NONE
                            .withName("News")
                            .withPicture("https://example.com/n.png")
                            .withData(data)
                            .withJoinRole(RoomRole.READER));

            assertThat(room.details())
                    .isEqualTo(new RoomDetails("News", "https://example.com/n.png", data, RoomRole.READER));
            assertThat(join(cluster.node().rooms().find(BOB, TestRoom.ID))).isEqualTo(room);
            assertThat(join(cluster.node().rooms().list(BOB)))
                    .extracting(Membership::name, Membership::picture)
                    .containsExactly(org.assertj.core.api.Assertions.tuple("News", "https://example.com/n.png"));
            assertThat(update(node, RoomUpdate.NONE.withName("News"))).isEqualTo(room);
        }
    }

    @Test
    void G12_onlyOwnersUpdateARoomAndOthersDoNotFindIt() {
        try (TestCluster cluster = cluster()) {
            Rooms rooms = cluster.node().rooms();
            TestRoom.create(cluster.node(), "bob");
            RoomUpdate update = RoomUpdate.NONE.withName("Mine");

            assertThat(failure(rooms.update(BOB, TestRoom.ID, update))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(rooms.update(CAROL, TestRoom.ID, update))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(rooms.find(BOB, TestRoom.ID)).name()).isEqualTo("the den");
        }
    }

    @Test
    void G18_detailsAtTheirLimitsAreStoredAndOneBeyondIsRefusedByName() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            String picture = "https://example.com/" + "p".repeat(Rooms.MAX_PICTURE - 20);

            update(node, RoomUpdate.NONE.withName("n".repeat(Rooms.MAX_NAME)));
            update(node, RoomUpdate.NONE.withPicture(picture));
            Room full = update(node, RoomUpdate.NONE.withData(dataOf(Rooms.MAX_DATA_BYTES)));

            assertThat(full.details())
                    .isEqualTo(new RoomDetails(
                            "n".repeat(Rooms.MAX_NAME), picture, dataOf(Rooms.MAX_DATA_BYTES), RoomRole.MEMBER));
            assertRefused(node, RoomUpdate.NONE.withName("n".repeat(Rooms.MAX_NAME + 1)), "1 to 100 characters");
            assertRefused(node, RoomUpdate.NONE.withPicture(picture + "p"), "picture", "1000 characters");
            assertRefused(
                    node, RoomUpdate.NONE.withData(dataOf(Rooms.MAX_DATA_BYTES + 1)), "data has 4097 bytes", "4096");
            assertRefused(node, RoomUpdate.NONE.withJoinRole(RoomRole.OWNER), "joinRole must be member or reader");
            assertRefused(node, RoomUpdate.NONE, "name, picture, data or joinRole");
            assertThat(join(node.rooms().find(ALICE, TestRoom.ID))).isEqualTo(full);
        }
    }

    private static void assertRefused(Chat node, RoomUpdate update, String... parts) {
        assertThatThrownBy(() -> update(node, update)).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refusal.detail()).contains(parts);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:image/png;base64,AA", "a b", "ä.png", "http://[", "x\ny"})
    void G13_anAddressThatCouldRunAScriptOrIsNoneIsRefused(String picture) {
        try (TestCluster cluster = cluster()) {
            TestRoom.create(cluster.node());

            assertRefused(cluster.node(), RoomUpdate.NONE.withPicture(picture), "picture");
        }
    }

    @Test
    void theApplicationUpdatesARoomWithoutBeingAMember() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");

            Room room = join(node.host().rooms().update(TestRoom.ID, RoomUpdate.NONE.withPicture("/pictures/den")));

            assertThat(room.details().picture()).isEqualTo("/pictures/den");
            assertThat(join(node.rooms().find(BOB, TestRoom.ID))).isEqualTo(room);
            assertThat(failure(node.host().rooms().update(TestRoom.ID, RoomUpdate.NONE)))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void anUpdateThatTheStoreDoesNotAnswerIsUnavailableAndMayBeRepeated() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            cluster.rooms.changing.next(1, Fault.LOSE_ANSWER);

            assertThat(failure(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withName("new"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(update(node, RoomUpdate.NONE.withName("new")).name()).isEqualTo("new");
            assertThat(join(node.rooms().list(BOB)))
                    .extracting(Membership::name)
                    .isEqualTo(List.of("new"));
        }
    }
}
