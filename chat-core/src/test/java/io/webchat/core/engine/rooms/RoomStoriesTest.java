package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import io.webchat.core.events.Json;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joining, leaving, removing, renaming and roles become one message each in the room's history, whatever fails. */
public class RoomStoriesTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    /** The system messages in the history, oldest first: {@code type author data}. */
    private static List<String> story(Chat node) {
        List<String> story = new ArrayList<>();
        for (LoggedMessage each : TestRoom.history(node, "alice")) {
            story.add(0, line(each.message()));
        }
        return story;
    }

    /** The times of one author's messages run ahead of the clock while there are several in a millisecond. */
    private static void awaitNextMillisecond(Chat node) {
        long newest = TestRoom.history(node, "alice").get(0).storedAt();
        await().until(() -> System.currentTimeMillis() > newest);
    }

    private static String line(ChatEvent.Message message) {
        return message.content().type() + " " + message.from() + " "
                + message.content().data();
    }

    static ChatEvent.Message awaitType(TestClient client, String type) {
        Envelope found = client.awaitFirst(each -> each.event() instanceof ChatEvent.Message message
                && message.content().type().equals(type));
        return (ChatEvent.Message) found.event();
    }

    static ChatEvent.Signal awaitSignal(TestClient client, String type) {
        Envelope found = client.awaitFirst(
                each -> each.event() instanceof ChatEvent.Signal signal && type.equals(signal.type()));
        return (ChatEvent.Signal) found.event();
    }

    private static void put(Chat node, UserId user, RoomRole role) {
        join(node.rooms().put(ALICE, TestRoom.ID, user, role));
    }

    @Test
    void eachChangeByAUserIsToldOnceWithItsAuthorAndDetails() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            assertThat(story(node)).as("a new room has no story").isEmpty();
            for (int i = 0; i < 2; i++) {
                put(node, BOB, RoomRole.MEMBER);
            }
            for (int i = 0; i < 2; i++) {
                put(cluster.node(), BOB, RoomRole.READER);
            }
            for (int i = 0; i < 2; i++) {
                join(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withName("Größe \"1\"")));
            }
            put(node, CAROL, RoomRole.MEMBER);
            join(node.rooms().remove(ALICE, TestRoom.ID, BOB));
            join(node.rooms().remove(ALICE, TestRoom.ID, BOB));
            awaitNextMillisecond(node);
            join(node.rooms().remove(CAROL, TestRoom.ID, CAROL));

            assertThat(story(node))
                    .containsExactly(
                            "system.joined alice {\"User\":\"bob\",\"Role\":\"member\"}",
                            "system.role alice {\"User\":\"bob\",\"Role\":\"reader\"}",
                            "system.renamed alice {\"Name\":\"Größe \\\"1\\\"\",\"Before\":\"the den\"}",
                            "system.joined alice {\"User\":\"carol\",\"Role\":\"member\"}",
                            "system.removed alice {\"User\":\"bob\"}",
                            "system.left carol {\"User\":\"carol\"}");
        }
    }

    @Test
    void whoJoinsAnOpenRoomIsTheAuthor() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.rooms().create(ALICE, TestRoom.ID, "open", true, List.of()));
            TestClient alice = TestClient.open(cluster.node(), "alice");

            join(node.rooms().put(BOB, TestRoom.ID, BOB, RoomRole.MEMBER));

            ChatEvent.Message joined = awaitType(alice, "system.joined");
            assertThat(line(joined)).isEqualTo("system.joined bob {\"User\":\"bob\",\"Role\":\"member\"}");
            assertThat(joined.text()).as("for clients that know no types").isEqualTo("bob joined");
        }
    }

    @Test
    void theLastOwnerWhoLeavesHandsTheRoomOnAndBothAreTold() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient carol = TestClient.open(cluster.node(), "carol");

            join(node.rooms().remove(ALICE, TestRoom.ID, ALICE));

            assertThat(line(awaitType(carol, "system.role")))
                    .isEqualTo("system.role alice {\"User\":\"bob\",\"Role\":\"owner\"}");
            assertThat(line(awaitType(carol, "system.left"))).isEqualTo("system.left alice {\"User\":\"alice\"}");
        }
    }

    @Test
    void whoIsAddedOrRemovedHearsOfItAtOnceOnEveryDevice() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "carol");
            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, TestClient.Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "bob", "laptop", 0, TestClient.Answer.CONFIRM);

            put(node, BOB, RoomRole.MEMBER);
            assertThat(awaitType(phone, "system.joined").room()).isEqualTo(TestRoom.ID);
            awaitType(laptop, "system.joined");
            join(node.rooms().remove(ALICE, TestRoom.ID, BOB));

            assertThat(awaitType(phone, "system.removed").room()).isEqualTo(TestRoom.ID);
            awaitType(laptop, "system.removed");
            assertThat(node.callLogs())
                    .satisfies(logs -> assertThat(failure(logs.messages(BOB, TestRoom.TALK, 9, "")))
                            .isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    @Test
    void whoLeavesHearsOfItOnTheOtherDevices() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient phone = TestClient.open(cluster.node(), "bob", "phone", 0, TestClient.Answer.CONFIRM);

            join(node.rooms().remove(BOB, TestRoom.ID, BOB));

            ChatEvent.Message left = awaitType(phone, "system.left");
            assertThat(left.from()).isEqualTo(BOB);
            assertThat(left.fromDevice()).isNotEqualTo(DeviceId.of("phone"));
        }
    }

    @Test
    void firstMembersAndInvitedPeopleGetASignal() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            join(node.rooms().setAdditionPolicy(CAROL, AdditionPolicy.ASK));

            TestRoom.create(node, "bob", "carol");

            ChatEvent.Signal added = awaitSignal(bob, "system.added");
            assertThat(added.from()).isEqualTo(ALICE);
            assertThat(added.room()).isEqualTo(TestRoom.ID);
            assertThat(added.data()).hasToString("{\"Name\":\"the den\"}");
            assertThat(awaitSignal(carol, "system.invited").data()).hasToString("{\"Name\":\"the den\"}");
            join(node.rooms().remove(ALICE, TestRoom.ID, CAROL));
            assertThat(awaitSignal(carol, "system.uninvited").room()).isEqualTo(TestRoom.ID);
            assertThat(story(node)).isEmpty();
        }
    }

    @Test
    void otherDetailsAreSignalledToTheMembers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            join(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withPicture("/p.png")));

            assertThat(awaitSignal(bob, "system.updated").room()).isEqualTo(TestRoom.ID);
            assertThat(story(node)).isEmpty();
        }
    }

    @Test
    void changesByTheApplicationSaySoAndNameAnOwner() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "carol");
            TestClient carol = TestClient.open(cluster.node(), "carol");

            join(node.host().rooms().put(TestRoom.ID, BOB, RoomRole.MEMBER));
            join(node.host().rooms().remove(TestRoom.ID, BOB));

            assertThat(story(node))
                    .containsExactly(
                            "system.joined alice {\"User\":\"bob\",\"Role\":\"member\",\"ByHost\":true}",
                            "system.removed alice {\"User\":\"bob\",\"ByHost\":true}");
            join(node.host().rooms().delete(TestRoom.ID));
            assertThat(awaitSignal(carol, "system.deleted").room()).isEqualTo(TestRoom.ID);
        }
    }

    @Test
    void systemMessagesDoNotCountAsUnreadAndBringTheRoomIntoTheList() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);

            put(node, BOB, RoomRole.MEMBER);

            assertThat(TestRoom.entry(node, "bob").unread()).isZero();
            assertThat(TestRoom.entry(node, "bob").last().message().content().type())
                    .isEqualTo("system.joined");
        }
    }

    @Test
    void blockedAuthorsOfSystemMessagesAreShown() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "carol");
            join(node.profiles().block(CAROL, ALICE));

            put(node, BOB, RoomRole.MEMBER);

            assertThat(TestRoom.history(node, "carol"))
                    .extracting(each -> each.message().content().type())
                    .containsExactly("system.joined");
        }
    }

    @Test
    void aChangeWhoseMessageFailsIsMadeAndToldLater() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            cluster.queue.messages.next(3, Fault.REFUSE);

            assertThat(join(node.rooms().put(ALICE, TestRoom.ID, BOB, RoomRole.MEMBER)))
                    .isEqualTo(AdditionOutcome.CHANGED);

            await().untilAsserted(() -> assertThat(story(node))
                    .containsExactly("system.joined alice {\"User\":\"bob\",\"Role\":\"member\"}"));
            await().until(() -> notes(cluster).isEmpty());
        }
    }

    @Test
    void aChangeWhoseNodeDiedIsToldByTheNextNodeThatReadsTheRoomAndOnlyOnce() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            RoomStore store = store(cluster);
            MessageId id = MessageId.of("dead-node");
            ChatEvent.Message message = ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .id(id)
                    .timestamp(System.currentTimeMillis() / 1000 - 60)
                    .type("system.joined")
                    .data(Json.parse("{\"User\":\"carol\",\"Role\":\"member\"}"))
                    .build();
            String text = "carol " + new String(EventCodec.encode(Envelope.passing(message)), StandardCharsets.UTF_8);
            RoomMember carol = new RoomMember(CAROL, RoomRole.MEMBER, System.currentTimeMillis(), ALICE);
            join(store.put(TestRoom.ID, carol, 9, new RoomNote(id.value(), text)));
            TestClient bob = TestClient.open(cluster.node(), "bob");

            for (int i = 0; i < 3; i++) {
                join(cluster.node().rooms().find(ALICE, TestRoom.ID));
            }

            assertThat(awaitType(bob, "system.joined").id()).isEqualTo(id);
            await().until(() -> notes(cluster).isEmpty());
            assertThat(story(node)).containsExactly("system.joined alice {\"User\":\"carol\",\"Role\":\"member\"}");
        }
    }

    private static RoomStore store(TestCluster cluster) {
        RoomStore own = cluster.backend().rooms();
        return own == null ? cluster.rooms : own;
    }

    private static List<RoomNote> notes(TestCluster cluster) {
        return join(store(cluster).load(TestRoom.ID)).map(RoomSnapshot::notes).orElse(List.of());
    }

    @Test
    void everyFaultOfAStoreOrAQueueIsHealedByRepeatingTheFailedCall() {
        for (Fault fault : List.of(Fault.REFUSE, Fault.LOSE_ANSWER)) {
            for (int step = 0; step < 4; step++) {
                try (TestCluster cluster = cluster()) {
                    Chat node = cluster.node();
                    TestRoom.create(node, "bob");
                    inject(cluster, step, fault);
                    repeat(() -> join(node.rooms().remove(ALICE, TestRoom.ID, BOB)));

                    assertThat(join(node.rooms().find(ALICE, TestRoom.ID)).member(BOB))
                            .isEmpty();
                    await().until(() -> notes(cluster).isEmpty());
                    assertThat(story(node))
                            .as("%s at step %s", fault, step)
                            .containsExactly("system.removed alice {\"User\":\"bob\"}");
                }
            }
        }
    }

    private static void inject(TestCluster cluster, int step, Fault fault) {
        switch (step) {
            case 0 -> cluster.rooms.changing.next(1, fault);
            case 1 -> cluster.queue.messages.next(1, fault);
            case 2 -> cluster.callLog.writing.next(1, fault);
            default -> cluster.router.publishing.next(1, fault);
        }
    }

    /** Repeats the call until it succeeds, as a client does. */
    private static void repeat(Runnable call) {
        for (int i = 0; i < 5; i++) {
            try {
                call.run();
                return;
            } catch (RuntimeException e) {
                assertThat(e).isInstanceOf(ChatException.class);
            }
        }
        throw new AssertionError("the call did not succeed");
    }

    @Test
    void G13_aUserWhoRenamesWithoutEndIsLimitedByTheBytesForAllMembers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .fanoutBytesPerSecond(1)
                    .fanoutBurstBytes(4_096)
                    .build()));
            TestRoom.create(node, "bob");
            for (int i = 0; i < 2; i++) {
                join(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withName("name " + i)));
            }

            assertThat(failure(node.rooms().update(ALICE, TestRoom.ID, RoomUpdate.NONE.withName("name 2"))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(story(node)).hasSize(2);
        }
    }
}
