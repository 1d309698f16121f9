package io.webchat.core.engine.amend;

import static io.webchat.core.engine.amend.TestAmendments.in;
import static io.webchat.core.engine.amend.TestAmendments.send;
import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Amendments in a room reach all its members, and its owner may delete any message. */
public class RoomAmendmentsTest extends EngineSuite {
    @Test
    void G17_everyMemberGetsAnEditAndReactions() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            TestClient carol = TestClient.amending(cluster.node(), "carol", "default");
            alice.say("den", "m1", "Helo");

            SendResult edited =
                    send(alice, in(alice, "den", "e1", "alice", "m1").edit(MessageContent.text("Hello")));
            send(bob, in(bob, "den", "r1", "alice", "m1").react("👍"));
            send(carol, in(carol, "den", "r2", "alice", "m1").react("👍"));

            for (TestClient each : List.of(bob, carol)) {
                assertThat(each.awaitAmendment("e1").loggedAt()).isEqualTo(edited.storedAt());
            }
            alice.awaitAmendment("r2");
            bob.awaitAmendment("r2");
            carol.awaitAmendment("r1");
            LoggedMessage message = TestRoom.history(node, "bob").get(0);
            assertThat(message.message().text()).isEqualTo("Hello");
            assertThat(message.reactions())
                    .containsExactly(new Reaction("👍", 2, List.of(UserId.of("bob"), UserId.of("carol"))));
        }
    }

    @Test
    void G12_anOwnerDeletesAnyMessageAndAMemberOnlyTheirOwn() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            TestClient carol = TestClient.amending(node, "carol", "default");
            TestClient stranger = TestClient.amending(node, "stranger", "default");
            bob.say("den", "m1", "secret");
            carol.awaitMessages("m1");

            assertThat(failure(carol.session()
                            .send(in(carol, "den", "d1", "bob", "m1").delete())))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(alice.session()
                            .send(in(alice, "den", "e1", "bob", "m1").edit(MessageContent.text("x")))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(stranger.session()
                            .send(in(stranger, "den", "r1", "bob", "m1").react("x"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            SendResult deleted = send(alice, in(alice, "den", "d2", "bob", "m1").delete());

            carol.awaitAmendment("d2");
            bob.awaitAmendment("d2");
            assertThat(TestRoom.history(node, "bob").get(0).message().deletion())
                    .isEqualTo(new Deletion(deleted.storedAt(), UserId.of("alice")));
        }
    }

    @Test
    void G17_anUndeliveredMessageOfARoomIsDeliveredWithoutItsTextAfterItsDeletion() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.amending(node, "alice", "phone");
            TestClient.amending(node, "alice", "tablet").leave();
            alice.say("den", "m1", "secret");
            send(alice, in(alice, "den", "d1", "alice", "m1").delete());

            for (TestClient late : List.of(
                    TestClient.amending(node, "bob", "default"), TestClient.amending(node, "alice", "tablet"))) {
                late.awaitAmendment("d1");
                assertThat(late.messages()).containsExactly("m1");
                assertThat(late.said()).doesNotContain("secret");
            }
        }
    }

    @Test
    void G17_noMemberGetsAChangeBeforeItsMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient carol = TestClient.amending(node, "carol", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            // The message is recorded, and on its way to the queues of the members.
            ChatEvent.Message message = ChatEvent.Message.from(UserId.of("alice"))
                    .in(TestRoom.ID)
                    .id("m1")
                    .text("text")
                    .build();
            long storedAt = System.currentTimeMillis();
            join(cluster.callLog.append(TestRoom.TALK, message, storedAt));

            send(carol, in(carol, "den", "r1", "alice", "m1").react("👍"));
            join(cluster.queue.append(UserId.of("bob"), message.copyTo(UserId.of("bob"), storedAt)));

            bob.awaitAmendment("r1");
            assertThat(bob.received())
                    .extracting(each -> each.event().kind())
                    .containsExactly(EventKind.MESSAGE, EventKind.REACT);
        }
    }

    @Test
    void theApplicationDeletesAMessageOfARoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            alice.say("den", "m1", "secret");

            join(node.host().delete(TestRoom.TALK, UserId.of("alice"), MessageId.of("m1")));

            for (TestClient each : List.of(alice, bob)) {
                Amendment heard = (Amendment) each.awaitFirst(any -> any.event().kind() == EventKind.DELETE)
                        .event();
                assertThat(heard.change()).isEqualTo(new Amendment.Delete(Amendment.Authority.HOST));
            }
        }
    }

    @Test
    void G17_aNewMemberGetsAChangeWithoutTheMessageFromBeforeTheirJoining() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            TestClient carol = TestClient.amending(node, "carol", "default");
            long storedAt = alice.say("den", "m1", "before").storedAt();
            await().until(() -> System.currentTimeMillis() > storedAt + 10);
            join(node.rooms().put(UserId.of("alice"), TestRoom.ID, UserId.of("carol"), RoomRole.MEMBER));

            send(bob, in(bob, "den", "r1", "alice", "m1").react("👍"));

            carol.awaitAmendment("r1");
            assertThat(carol.said()).doesNotContain("before");
        }
    }

    @Test
    void G12_whoHasBlockedTheAuthorGetsNoReactionsToTheirMessages() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            join(node.profiles().block(UserId.of("bob"), UserId.of("alice")));
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            TestClient carol = TestClient.amending(node, "carol", "default");
            alice.say("den", "m1", "for carol");

            send(carol, in(carol, "den", "r1", "alice", "m1").react("👍"));
            carol.say("den", "m2", "for everyone");

            bob.awaitMessage("carol", "for everyone");
            assertThat(bob.said()).doesNotContain("for carol");
            assertThat(bob.count(EventKind.REACT)).isZero();
            alice.awaitAmendment("r1");
        }
    }
}
