package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.UnreadTotals;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one device of a user has displayed goes down in the counts of the others at once. */
public class ReadStateTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId TALK = ConversationId.direct(ALICE, BOB);

    private static TestClient bobs(TestCluster cluster, String device) {
        return TestClient.open(cluster.node(), "bob", device, 0, TestClient.Answer.CONFIRM);
    }

    private static ChatEvent.Receipt awaitOwnDisplay(TestClient device) {
        Envelope seen = device.awaitFirst(each -> each.event().kind() == EventKind.DISPLAY);
        assertThat(seen.seq()).as("it is not stored").isZero();
        return (ChatEvent.Receipt) seen.event();
    }

    @Test
    void aDisplayReachesTheReadersOtherDevicesOnOtherNodesAndNotItsOwn() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient phone = bobs(cluster, "phone");
            TestClient laptop = bobs(cluster, "laptop");
            alice.send("bob", "m1", "hi");
            phone.awaitMessages("m1");
            laptop.awaitMessages("m1");

            join(phone.display("alice", "m1"));

            ChatEvent.Receipt seen = awaitOwnDisplay(laptop);
            assertThat(seen.from()).isEqualTo(BOB);
            assertThat(seen.to()).isEqualTo(ALICE);
            assertThat(seen.id()).isEqualTo(MessageId.of("m1"));
            assertThat(seen.fromDevice()).isEqualTo(DeviceId.of("phone"));
            alice.awaitReceipts(EventKind.DISPLAY, "m1");
            assertThat(phone.count(EventKind.DISPLAY)).isZero();
        }
    }

    @Test
    void G12_theAuthorDoesNotLearnTheDevice() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient phone = bobs(cluster, "phone");
            TestClient laptop = bobs(cluster, "laptop");
            alice.send("bob", "m1", "hi");
            phone.awaitMessages("m1");
            laptop.awaitMessages("m1");
            join(phone.session()
                    .send(ChatEvent.display(BOB, ALICE, MessageId.of("m1")).copyFrom(DeviceId.of("forged"))));

            Envelope receipt = alice.awaitFirst(each -> each.event().kind() == EventKind.DISPLAY);
            assertThat(((ChatEvent.Receipt) receipt.event()).fromDevice()).isNull();
            assertThat(awaitOwnDisplay(laptop).fromDevice()).isEqualTo(DeviceId.of("phone"));
        }
    }

    @Test
    void aDisplayInARoomNamesTheRoom() {
        try (TestCluster cluster = cluster()) {
            TestRoom.create(cluster.node(), "bob");
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient phone = bobs(cluster, "phone");
            TestClient laptop = bobs(cluster, "laptop");
            alice.say("den", "m1", "hi");
            phone.awaitMessages("m1");
            laptop.awaitMessages("m1");

            join(phone.display("alice", "m1"));

            assertThat(awaitOwnDisplay(laptop).room()).isEqualTo(RoomId.of("den"));
        }
    }

    @Test
    void aDisplayWithoutASessionReachesAllDevicesAndTheAuthorAndLowersTheCounts() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient phone = bobs(cluster, "phone");
            alice.send("bob", "m1", "hi");
            alice.send("bob", "m2", "there");
            phone.awaitMessages("m1", "m2");
            assertThat(join(node.callLogs().unread(BOB))).isEqualTo(new UnreadTotals(2, 1, 0));

            for (int i = 0; i < 2; i++) {
                join(node.callLogs().display(BOB, TALK, new MessageRef(ALICE, MessageId.of("m2"))));
            }

            assertThat(awaitOwnDisplay(phone).id()).isEqualTo(MessageId.of("m2"));
            alice.awaitReceipts(EventKind.DISPLAY, "m2");
            await().untilAsserted(
                            () -> assertThat(join(node.callLogs().unread(BOB))).isEqualTo(UnreadTotals.NONE));
        }
    }

    @Test
    void G12_nobodyDisplaysForAnotherOrOwnMessages() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient.open(node, "alice").send("bob", "m1", "hi");
            MessageRef message = new MessageRef(ALICE, MessageId.of("m1"));

            for (UserId stranger : List.of(ALICE, UserId.of("carol"))) {
                assertThat(failure(node.callLogs().display(stranger, TALK, message)))
                        .isEqualTo(ErrorCode.NOT_FOUND);
            }
            assertThat(failure(node.callLogs().display(BOB, TALK, new MessageRef(ALICE, MessageId.of("m9")))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(join(node.callLogs().unread(BOB)).messages()).isEqualTo(1);
        }
    }

    @Test
    void mentionsAreCountedInTheTotals() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            join(alice.session()
                    .send(ChatEvent.Message.from(ALICE)
                            .in(TestRoom.ID)
                            .text("@bob look")
                            .mentions(List.of(BOB))
                            .build()));
            alice.say("den", "m2", "nobody");

            assertThat(join(node.callLogs().unread(BOB))).isEqualTo(new UnreadTotals(2, 1, 1));
            assertThat(join(node.callLogs().unread(UserId.of("carol")))).isEqualTo(new UnreadTotals(2, 1, 0));
        }
    }
}
