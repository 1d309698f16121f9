package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Receipts in rooms travel to the author, and raise the room's marks and the reader's. */
public class RoomReceiptsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");

    private static ChatEvent.Receipt display(String reader, String id, @Nullable RoomId room) {
        return ChatEvent.display(UserId.of(reader), ALICE, MessageId.of(id)).in(room);
    }

    private static List<MessageStatus> statuses(Chat node) {
        return TestRoom.history(node, "alice").stream()
                .map(LoggedMessage::status)
                .toList();
    }

    @Test
    void eachReadersReceiptsReachTheAuthorAndNameTheRoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            alice.say("den", "m1", "text");

            alice.awaitReceipts(EventKind.DELIVERY, "m1", "m1");
            // A client of the original's kind does not name the room.
            join(bob.session().send(display("bob", "m1", null)));
            join(carol.session().send(display("carol", "m1", RoomId.of("elsewhere"))));
            alice.awaitReceipts(EventKind.DISPLAY, "m1", "m1");
            assertThat(alice.received())
                    .extracting(each -> ((ChatEvent.Receipt) each.event()).room())
                    .containsOnly(TestRoom.ID);
        }
    }

    @Test
    void G11_aMessageHasTheStatusOfItsFurthestReaderAndEachReaderHasOwnMarks() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            long first = alice.say("den", "m1", "text").storedAt();
            long second = alice.say("den", "m2", "text").storedAt();
            assertThat(statuses(node)).containsOnly(MessageStatus.SENT);

            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m1", "m2");
            await().untilAsserted(() -> assertThat(statuses(node)).containsOnly(MessageStatus.DELIVERED));
            join(bob.session().send(display("bob", "m1", TestRoom.ID)));
            await().untilAsserted(() ->
                    assertThat(statuses(node)).containsExactly(MessageStatus.DELIVERED, MessageStatus.DISPLAYED));
            assertThat(TestRoom.entry(node, "bob").received().displayed()).isEqualTo(position(first, "m1"));
            assertThat(TestRoom.entry(node, "bob").received().delivered()).isEqualTo(position(second, "m2"));
            assertThat(TestRoom.entry(node, "carol").received().delivered()).isNull();
            assertThat(TestRoom.entry(node, "alice").sent().delivered()).isEqualTo(position(second, "m2"));
        }
    }

    private static MessagePosition position(long storedAt, String id) {
        return new MessagePosition(storedAt, ALICE, MessageId.of(id));
    }

    @Test
    void G11_deliveredDoesNotPassAnUnconfirmedMessageOfTheSameAuthor() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            TestClient carol = TestClient.open(node, "carol");
            TestClient bob = TestClient.silent(cluster.node(), "bob");
            carol.say("den", "c1", "never answered");
            alice.say("den", "m1", "text");
            alice.say("den", "m2", "text");
            bob.awaitMessages("c1", "m1", "m2");
            carol.leave();

            join(bob.session().send(ChatEvent.delivery(UserId.of("bob"), ALICE, MessageId.of("m2"))));
            assertThat(TestRoom.entry(node, "bob").received().delivered()).isNull();
            join(bob.session().send(ChatEvent.delivery(UserId.of("bob"), ALICE, MessageId.of("m1"))));
            await().untilAsserted(() -> assertThat(TestRoom.history(node, "bob"))
                    .filteredOn(each -> each.message().from().equals(ALICE))
                    .extracting(LoggedMessage::status)
                    .containsOnly(MessageStatus.DELIVERED));
        }
    }

    @Test
    void aMemberMayDisplayAMessageOfAnEarlierSession() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", "text");
            TestClient first = TestClient.open(node, "bob");
            first.awaitMessages("m1");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            first.leave();

            TestClient again = TestClient.open(cluster.node(), "bob");
            join(again.session().send(display("bob", "m1", TestRoom.ID)));
            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            await().untilAsserted(() -> assertThat(statuses(node)).containsExactly(MessageStatus.DISPLAYED));
        }
    }

    @Test
    void G12_onlyMembersOtherThanTheAuthorGiveReceipts() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", "text");
            TestClient carol = TestClient.open(node, "carol");

            assertThat(failure(carol.session().send(display("carol", "m1", TestRoom.ID))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(carol.session().send(display("carol", "m1", null))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(alice.session().send(display("alice", "m1", TestRoom.ID))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(TestClient.open(node, "bob").session().send(display("bob", "other", TestRoom.ID))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(alice.count(EventKind.DISPLAY)).isZero();
        }
    }
}
