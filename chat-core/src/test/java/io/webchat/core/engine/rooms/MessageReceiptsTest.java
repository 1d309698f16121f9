package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.MessageReceipts.Reader;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The author of a message learns who has got and who has seen it, in rooms of up to 200 members. */
public class MessageReceiptsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final UserId DAVE = UserId.of("dave");
    private static final MessageId M1 = MessageId.of("m1");

    private static List<Reader> readers(Chat node) {
        return join(node.callLogs().receipts(ALICE, TestRoom.TALK, M1)).readers();
    }

    @Test
    void eachReaderHasTheirOwnStatusAndWhoCameLaterIsLeftOut() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            long storedAt =
                    TestClient.open(node, "alice").say("den", "m1", "text").storedAt();
            assertThat(readers(node))
                    .containsExactly(new Reader(BOB, MessageStatus.SENT), new Reader(CAROL, MessageStatus.SENT));

            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m1");
            join(bob.session().send(ChatEvent.display(BOB, ALICE, M1).in(TestRoom.ID)));
            await().until(() -> System.currentTimeMillis() > storedAt);
            join(node.rooms().put(ALICE, TestRoom.ID, DAVE, RoomRole.MEMBER));

            await().untilAsserted(() -> assertThat(readers(node))
                    .containsExactly(new Reader(BOB, MessageStatus.DISPLAYED), new Reader(CAROL, MessageStatus.SENT)));
            TestRoom.awaitMessages(TestClient.open(cluster.node(), "carol"), "m1");
            await().untilAsserted(() -> assertThat(readers(node)).contains(new Reader(CAROL, MessageStatus.DELIVERED)));
        }
    }

    @Test
    void G12_aReaderWhoBlockedTheAuthorShowsNoProgress() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(BOB, ALICE));
            TestClient.open(node, "alice").say("den", "m1", "text");
            TestClient.open(node, "carol").say("den", "m2", "text");

            join(node.callLogs().display(BOB, TestRoom.TALK, new MessageRef(CAROL, MessageId.of("m2"))));

            assertThat(join(node.callLogs().receipts(CAROL, TestRoom.TALK, MessageId.of("m2")))
                            .readers())
                    .contains(new Reader(BOB, MessageStatus.DISPLAYED));
            assertThat(readers(node)).contains(new Reader(BOB, MessageStatus.SENT));
        }
    }

    @Test
    void G12_onlyTheAuthorInTheRoomLearnsThem() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            CallLogs logs = node.callLogs();
            TestRoom.create(node, "bob", "carol");
            TestClient.open(node, "bob").say("den", "m1", "text");

            assertThat(join(logs.receipts(BOB, TestRoom.TALK, M1)).readers()).hasSize(2);
            assertThat(failure(logs.receipts(ALICE, TestRoom.TALK, M1))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(logs.receipts(DAVE, TestRoom.TALK, M1))).isEqualTo(ErrorCode.NOT_FOUND);
            join(node.rooms().remove(BOB, TestRoom.ID, BOB));
            assertThat(failure(logs.receipts(BOB, TestRoom.TALK, M1))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void G12_aStrangerLearnsNothingOfA1To1Conversation() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient.open(node, "alice").send("bob", "m1", "text");
            ConversationId talk = ConversationId.direct(ALICE, BOB);

            assertThat(join(node.callLogs().receipts(ALICE, talk, M1)).readers())
                    .containsExactly(new Reader(BOB, MessageStatus.SENT));
            assertThat(failure(node.callLogs().receipts(CAROL, talk, M1))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void G18_aRoomOfTwoHundredMembersIsToldAndOneMoreIsTooLarge() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            List<UserId> members = IntStream.range(1, CallLogs.MAX_RECEIPT_READERS)
                    .mapToObj(i -> UserId.of("member" + i))
                    .toList();
            join(node.host().rooms().create(ALICE, TestRoom.ID, "the den", false, members));
            TestClient.open(node, "alice").say("den", "m1", "text");

            assertThat(readers(node)).hasSize(CallLogs.MAX_RECEIPT_READERS - 1);
            join(node.host().rooms().put(TestRoom.ID, BOB, RoomRole.MEMBER));
            assertThat(failure(node.callLogs().receipts(ALICE, TestRoom.TALK, M1)))
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
    }
}
