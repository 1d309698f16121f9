package io.webchat.core.engine.amend;

import static io.webchat.core.engine.amend.TestAmendments.delete;
import static io.webchat.core.engine.amend.TestAmendments.edit;
import static io.webchat.core.engine.amend.TestAmendments.send;
import static io.webchat.core.engine.amend.TestAmendments.with;
import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.SessionOptions;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import io.webchat.core.testing.TestClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Edits, deletions and reactions reach everyone once, in order, and history shows the state to which they lead. */
public class AmendmentsTest extends EngineSuite {
    private static LoggedMessage only(Chat node) {
        List<LoggedMessage> history = TestConversation.history(node);
        assertThat(history).hasSize(1);
        return history.get(0);
    }

    private static Amendment reaction(TestClient by, String peer, String id, String author, String message) {
        return with(by, peer, id, author, message).react("👍");
    }

    @Test
    void G17_anEditReachesThePeerAndTheAuthorsOtherDevices() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient phone = TestClient.amending(node, "alice", "phone");
            TestClient tablet = TestClient.amending(cluster.node(), "alice", "tablet");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            phone.send("bob", "m1", "Helo");

            SendResult edited = edit(phone, "bob", "e1", "m1", "Hello");

            Amendment atBob = bob.awaitAmendment("e1");
            assertThat(((Amendment.Edit) atBob.change()).content().text()).isEqualTo("Hello");
            assertThat(atBob.loggedAt()).isEqualTo(edited.storedAt());
            assertThat(tablet.awaitAmendment("e1").fromDevice()).isEqualTo(DeviceId.of("phone"));
            assertThat(only(node).message().text()).isEqualTo("Hello");
            assertThat(only(node).editedAt()).isEqualTo(edited.storedAt());
            phone.send("bob", "m2", "next");
            bob.awaitMessages("m1", "m2");
            assertThat(phone.count(EventKind.EDIT)).isZero();
        }
    }

    @Test
    void G17_reactionsOfBothAreCountedAndTakenBack() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "text");

            send(bob, reaction(bob, "alice", "r1", "alice", "m1"));
            send(alice, reaction(alice, "bob", "r1", "alice", "m1"));

            alice.awaitAmendment("r1");
            bob.awaitAmendment("r1");
            assertThat(only(node).reactions()).extracting(Reaction::count).containsExactly(2);

            send(bob, with(bob, "alice", "r2", "alice", "m1").unreact("👍"));

            assertThat(only(node).reactions()).containsExactly(new Reaction("👍", 1, List.of(TestConversation.ALICE)));
            assertThat(((Amendment.React) alice.awaitAmendment("r2").change()).remove())
                    .isTrue();
        }
    }

    @Test
    void G17_aDeletedMessageIsATombstoneInHistoryAndOnEachDevice() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "secret");
            bob.awaitMessages("m1");

            SendResult deleted = delete(alice, "bob", "d1", "m1");

            assertThat(bob.awaitAmendment("d1").isDeletion()).isTrue();
            LoggedMessage rest = only(node);
            assertThat(rest.message().text()).isEmpty();
            assertThat(rest.message().deletion()).isEqualTo(new Deletion(deleted.storedAt(), TestConversation.ALICE));
            assertThat(join(node.callLogs().conversations(TestConversation.BOB, 10, ""))
                            .items()
                            .get(0)
                            .last())
                    .isEqualTo(rest);
        }
    }

    @Test
    void G17_anUndeliveredMessageThatWasDeletedIsDeliveredWithoutItsText() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient.amending(cluster.node(), "bob", "default").leave();
            alice.send("bob", "m1", "secret");
            edit(alice, "bob", "e1", "m1", "secret too");
            alice.send("bob", "m2", "kept");
            delete(alice, "bob", "d1", "m1");

            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");

            bob.awaitAmendment("d1");
            assertThat(bob.messages()).containsExactly("m1", "m2");
            assertThat(bob.said()).doesNotContain("secret").contains("m1");
            ChatEvent.Message rest = (ChatEvent.Message) bob.received().get(0).event();
            assertThat(rest.deletion()).isNotNull();
            // It is confirmed like any message.
            alice.awaitReceipts(EventKind.DELIVERY, "m1", "m2");
        }
    }

    @Test
    void G17_aClientThatKnowsNoAmendmentsGetsNoneAndItsCursorMovesOn() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            alice.send("bob", "m1", "text");
            bob.awaitMessages("m1");
            edit(alice, "bob", "e1", "m1", "other");
            send(alice, reaction(alice, "bob", "r1", "alice", "m1"));
            alice.send("bob", "m2", "text");
            bob.awaitMessages("m1", "m2");
            bob.leave();
            alice.send("bob", "m3", "secret");
            delete(alice, "bob", "d1", "m3");
            alice.send("bob", "m4", "text");

            TestClient again = TestClient.open(cluster.node(), "bob");

            again.awaitMessages("m4");
            assertThat(again.received()).extracting(each -> each.event().kind()).containsOnly(EventKind.MESSAGE);
            await().untilAsserted(() -> assertThat(
                            join(cluster.backend().queue().read(TestConversation.BOB, 0, 10))
                                    .events())
                    .isEmpty());
        }
    }

    @Test
    void G2_aResendGetsTheFirstAnswerAndChangesNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "one");
            SendResult first = edit(alice, "bob", "e1", "m1", "two");
            edit(alice, "bob", "e2", "m1", "three");

            SendResult again = edit(alice, "bob", "e1", "m1", "two");

            assertThat(again.duplicate()).isTrue();
            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            assertThat(only(node).message().text()).isEqualTo("three");
            alice.send("bob", "m2", "next");
            bob.awaitMessages("m1", "m2");
            assertThat(bob.ids(EventKind.EDIT)).containsExactly("e1", "e2");
        }
    }

    @Test
    void G2_anotherAmendmentWithTheSameIdIsAConflict() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            alice.send("bob", "m1", "one");
            edit(alice, "bob", "e1", "m1", "two");

            assertThat(failure(alice.session()
                            .send(with(alice, "bob", "e1", "alice", "m1").edit(MessageContent.text("other")))))
                    .isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure(alice.session()
                            .send(with(alice, "bob", "e1", "alice", "m1").delete())))
                    .isEqualTo(ErrorCode.CONFLICT);
            assertThat(only(cluster.node()).message().text()).isEqualTo("two");
        }
    }

    @Test
    void G2_aResendCompletesWhatAFailureLeftUndone() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "secret");
            bob.awaitMessages("m1");
            for (Fault fault : List.of(Fault.REFUSE, Fault.LOSE_ANSWER)) {
                cluster.callLog.writing.next(1, fault);
                assertThat(failure(alice.session()
                                .send(with(alice, "bob", "d" + fault, "alice", "m1")
                                        .delete())))
                        .isEqualTo(ErrorCode.UNAVAILABLE);
                SendResult again = delete(alice, "bob", "d" + fault, "m1");
                assertThat(again.duplicate()).isTrue();
            }

            assertThat(only(node).message().deletion()).isNotNull();
            await().untilAsserted(() -> assertThat(bob.ids(EventKind.DELETE)).isNotEmpty());
        }
    }

    @Test
    void G17_amendmentsOfOneSessionTakeEffectInTheirOrder() {
        try (TestCluster cluster = cluster()) {
            cluster.callLog.writing.always(Fault.SLOW);
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "text 0");
            List<Amendment> all = IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> i % 2 == 0
                            ? with(alice, "bob", "a" + i, "alice", "m1").edit(MessageContent.text("text " + i))
                            : with(alice, "bob", "a" + i, "alice", "m1").change(new Amendment.React("👍", i % 4 == 3)))
                    .toList();
            var answers = all.stream().map(each -> alice.session().send(each)).toList();
            answers.forEach(TestClient::join);

            assertThat(only(node).message().text()).isEqualTo("text 20");
            assertThat(only(node).reactions()).isEmpty();
            bob.awaitAmendment("a20");
            assertThat(bob.received().stream()
                            .map(Envelope::event)
                            .filter(Amendment.class::isInstance)
                            .map(each -> ((Amendment) each).id().value()))
                    .containsExactlyElementsOf(
                            all.stream().map(each -> each.id().value()).toList());
        }
    }

    @Test
    void aDeletedMessageCannotBeChangedAndItsDeletionMayBeRepeated() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "secret");
            SendResult first = delete(alice, "bob", "d1", "m1");

            assertThat(failure(alice.session()
                            .send(with(alice, "bob", "e1", "alice", "m1").edit(MessageContent.text("x")))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(alice.session().send(reaction(alice, "bob", "r1", "alice", "m1"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            delete(alice, "bob", "d2", "m1");

            assertThat(Optional.ofNullable(only(node).message().deletion()).map(Deletion::at))
                    .contains(first.storedAt());
        }
    }

    @Test
    void G2_aResentMessageThatWasDeletedIsADuplicateAndStaysDeleted() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            SendResult sent = alice.send("bob", "m1", "secret");
            delete(alice, "bob", "d1", "m1");

            SendResult again = alice.send("bob", "m1", "secret");

            assertThat(again.duplicate()).isTrue();
            assertThat(again.storedAt()).isEqualTo(sent.storedAt());
            assertThat(only(node).message().deletion()).isNotNull();
            TestClient bob = TestClient.amending(node, "bob", "default");
            bob.awaitAmendment("d1");
            assertThat(bob.said()).doesNotContain("secret");
        }
    }

    @Test
    void theApplicationDeletesAnyMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(cluster.node(), "bob", "default");
            alice.send("bob", "m1", "secret");

            join(node.host().delete(TestConversation.ID, TestConversation.ALICE, MessageId.of("m1")));
            join(node.host().delete(TestConversation.ID, TestConversation.ALICE, MessageId.of("m1")));

            for (TestClient each : List.of(alice, bob)) {
                Envelope heard = each.awaitFirst(any -> any.event().kind() == EventKind.DELETE);
                assertThat(((Amendment) heard.event()).change())
                        .isEqualTo(new Amendment.Delete(Amendment.Authority.HOST));
            }
            Deletion deletion = only(node).message().deletion();
            assertThat(deletion).isNotNull();
            assertThat(deletion == null ? null : deletion.by()).isNull();
            assertThat(failure(node.host().delete(TestConversation.ID, TestConversation.ALICE, MessageId.of("none"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aBackendAmendsWithoutASession() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "Helo");

            Amendment edit = with(alice, "bob", "e1", "alice", "m1").edit(MessageContent.text("Hello"));
            SendResult first = join(node.send(edit));
            SendResult again = join(node.send(edit));

            assertThat(again.duplicate()).isTrue();
            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            alice.awaitAmendment("e1");
            assertThat(only(node).message().text()).isEqualTo("Hello");
        }
    }

    @Test
    void aDeviceThatWasAwayGetsAmendmentsBehindTheirMessages() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            alice.send("bob", "m1", "one");
            edit(alice, "bob", "e1", "m1", "two");
            send(alice, reaction(alice, "bob", "r1", "alice", "m1"));

            TestClient bob = TestClient.open(
                    cluster.node(), "bob", SessionOptions.of(DeviceId.DEFAULT).amending(), Answer.CONFIRM);

            bob.awaitAmendment("r1");
            assertThat(bob.received())
                    .extracting(each -> each.event().kind())
                    .containsExactly(EventKind.MESSAGE, EventKind.EDIT, EventKind.REACT);
        }
    }

    @Test
    void G17_aDeletedMessageIsNotPushed() {
        List<String> pushed = new CopyOnWriteArrayList<>();
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                            TestCluster.config().pushAfter(Duration.ofHours(1)).build())
                    .offlineListener(missed -> pushed.add(missed.message().id().value())));
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "secret");
            alice.send("bob", "m2", "text");
            delete(alice, "bob", "d1", "m1");

            // A node that stops reports all messages that still wait.
            node.close(Duration.ofSeconds(20));

            assertThat(pushed).containsExactly("m2");
        }
    }
}
