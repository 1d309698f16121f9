package io.webchat.core.engine.amend;

import static io.webchat.core.engine.amend.TestAmendments.delete;
import static io.webchat.core.engine.amend.TestAmendments.in;
import static io.webchat.core.engine.amend.TestAmendments.send;
import static io.webchat.core.engine.amend.TestAmendments.with;
import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.testing.TestClient;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may amend what, within which limits, and what policies say to it. */
public class AmendmentRightsTest extends EngineSuite {
    private static ErrorCode refused(TestClient by, Amendment amendment) {
        return failure(by.session().send(amendment));
    }

    private static Amendment edit(TestClient by, String peer, String author, String text) {
        return with(by, peer, "e-" + text.hashCode(), author, "m1").edit(MessageContent.text(text));
    }

    @Test
    void G12_onlyItsAuthorEditsOrDeletesAMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            TestClient mallory = TestClient.amending(node, "mallory", "default");
            alice.send("bob", "m1", "text");

            assertThat(refused(bob, edit(bob, "alice", "alice", "forged"))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(refused(bob, with(bob, "alice", "d1", "alice", "m1").delete()))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(refused(mallory, edit(mallory, "bob", "alice", "forged")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(refused(
                            mallory, with(mallory, "alice", "r1", "alice", "m1").react("+1")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            Amendment forged = Amendment.by(TestConversation.ALICE)
                    .to(TestConversation.BOB)
                    .about(new MessageRef(TestConversation.ALICE, MessageId.of("m1")))
                    .edit(MessageContent.text("forged"));
            assertThat(refused(mallory, forged)).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(TestConversation.history(node).get(0).message().text()).isEqualTo("text");
        }
    }

    @Test
    void G12_aUserWhoIsBlockedNeitherEditsNorReactsButMayDelete() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            alice.send("bob", "m1", "text");
            join(node.profiles().block(TestConversation.BOB, TestConversation.ALICE));

            assertThat(refused(alice, edit(alice, "bob", "alice", "other"))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(refused(alice, with(alice, "bob", "r1", "alice", "m1").react("+1")))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            delete(alice, "bob", "d1", "m1");

            bob.awaitAmendment("d1");
            assertThat(bob.received())
                    .extracting(each -> each.event().kind())
                    .doesNotContain(EventKind.EDIT, EventKind.REACT);
        }
    }

    @Test
    void G18_aReactionHasUpTo32Bytes() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.amending(cluster.node(), "alice", "default");
            alice.send("bob", "m1", "text");

            send(alice, with(alice, "bob", "r1", "alice", "m1").react("👍".repeat(8)));
            send(alice, with(alice, "bob", "r2", "alice", "m1").react("x".repeat(32)));
            assertThat(refused(alice, with(alice, "bob", "r3", "alice", "m1").react("👍".repeat(8) + "x")))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(refused(alice, with(alice, "bob", "r4", "alice", "m1").react("x".repeat(33))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            for (String bad : new String[] {"", " ", "a\nb", "\ud83d"}) {
                assertThat(refused(
                                alice, with(alice, "bob", "r5", "alice", "m1").react(bad)))
                        .isEqualTo(ErrorCode.BAD_REQUEST);
            }
        }
    }

    @Test
    void G18_aMessageHasUpTo20KindsOfReactions() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            alice.send("bob", "m1", "text");
            for (int i = 0; i < Reaction.MAX_KINDS; i++) {
                send(alice, with(alice, "bob", "r" + i, "alice", "m1").react("kind" + i));
            }

            assertThat(refused(
                            bob, with(bob, "alice", "one-more", "alice", "m1").react("other")))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            send(bob, with(bob, "alice", "same-kind", "alice", "m1").react("kind0"));
            send(alice, with(alice, "bob", "gone", "alice", "m1").unreact("kind1"));
            send(bob, with(bob, "alice", "now", "alice", "m1").react("other"));

            assertThat(TestConversation.history(node).get(0).reactions()).hasSize(Reaction.MAX_KINDS);
        }
    }

    @Test
    @Tag("full")
    void G18_aMessageHasUpTo1000Reactions() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            TestRoom.create(node, "bob");
            alice.say("den", "m1", "text");
            LoggedMessage target = TestRoom.history(node, "bob").get(0);
            for (int i = 1; i < Reaction.MAX_GIVEN; i++) {
                Amendment given =
                        Amendment.by(UserId.of("u" + i)).of(target.message()).react("+1");
                join(cluster.callLog.amend(target, given, target.storedAt() + i));
            }
            Amendment last = in(bob, "den", "last", "alice", "m1").react("+1");
            send(bob, last);

            assertThat(send(bob, last).duplicate()).isTrue();
            Amendment more = in(alice, "den", "more", "alice", "m1").react("+1");
            assertThatThrownBy(() -> send(alice, more))
                    .isInstanceOfSatisfying(
                            ChatException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE))
                    .hasMessageContaining("Reaction: the message has 1000 reactions, the limit");
            send(bob, in(bob, "den", "gone", "alice", "m1").unreact("+1"));
            send(alice, in(alice, "den", "now", "alice", "m1").react("+1"));
            assertThat(TestRoom.history(node, "bob").get(0).reactions())
                    .extracting(Reaction::count)
                    .containsExactly(Reaction.MAX_GIVEN);
        }
    }

    @Test
    void G18_anEditIsBoundedAsAMessageIs() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().maxTextBytes(100).build()));
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "text");

            send(alice, edit(alice, "bob", "alice", "x".repeat(100)));
            assertThat(refused(alice, edit(alice, "bob", "alice", "x".repeat(101))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(refused(alice, edit(alice, "bob", "alice", ""))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refused(
                            alice,
                            with(alice, "bob", "e9", "alice", "m1")
                                    .edit(MessageContent.builder()
                                            .type("shop.order")
                                            .text("x")
                                            .build())))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void amendmentsCountAsMessagesForTheRateLimit() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().messagesPerSecond(1).build()));
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "text");

            ErrorCode refusal = null;
            for (int i = 0; i < 50 && refusal == null; i++) {
                Amendment reaction =
                        with(alice, "bob", "r" + i, "alice", "m1").change(new Amendment.React("+1", i % 2 == 1));
                refusal = alice.session()
                        .send(reaction)
                        .handle((done, failure) ->
                                failure == null ? null : ((ChatException) Failures.unwrap(failure)).code())
                        .toCompletableFuture()
                        .join();
            }

            assertThat(refusal).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void G16_policiesJudgeEditsAndReactionsAndARefusalLeavesNoTrace() {
        MessagePolicy policy = proposal -> CompletableFuture.completedFuture(
                proposal.text().contains("spam")
                                || (proposal.event() instanceof Amendment amendment
                                        && amendment.change() instanceof Amendment.React react
                                        && react.reaction().equals("bad"))
                        ? Verdict.refuse("no")
                        : Verdict.accept());
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(policy));
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            alice.send("bob", "m1", "text");

            assertThat(refused(alice, edit(alice, "bob", "alice", "spam"))).isEqualTo(ErrorCode.REJECTED);
            assertThat(refused(bob, with(bob, "alice", "r1", "alice", "m1").react("bad")))
                    .isEqualTo(ErrorCode.REJECTED);
            send(bob, with(bob, "alice", "r2", "alice", "m1").react("good"));

            alice.awaitAmendment("r2");
            assertThat(alice.ids(EventKind.REACT)).containsExactly("r2");
            assertThat(TestConversation.history(node).get(0).message().text()).isEqualTo("text");
        }
    }

    @Test
    void G16_aPolicyReplacesTheContentOfAnEditAndAResendIsStillKnown() {
        MessagePolicy policy = proposal -> CompletableFuture.completedFuture(
                proposal.event() instanceof Amendment && !proposal.text().isEmpty()
                        ? proposal.replaceText(proposal.text() + " at " + System.nanoTime())
                        : Verdict.accept());
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(policy));
            TestClient alice = TestClient.amending(node, "alice", "default");
            TestClient bob = TestClient.amending(node, "bob", "default");
            alice.send("bob", "m1", "text");

            Amendment edit = edit(alice, "bob", "alice", "new");
            send(alice, edit);
            assertThat(send(alice, edit).duplicate()).isTrue();

            Amendment heard = bob.awaitAmendment(edit.id().value());
            String text = ((Amendment.Edit) heard.change()).content().text();
            assertThat(text).startsWith("new at ");
            assertThat(TestConversation.history(node).get(0).message().text()).isEqualTo(text);
            assertThat(bob.ids(EventKind.EDIT)).hasSize(1);
        }
    }

    @Test
    void aUserOfTwoConversationsAmendsOnlyInTheRightOne() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "to bob");
            alice.send("carol", "m2", "to carol");

            assertThat(refused(alice, with(alice, "carol", "e1", "alice", "m1").edit(MessageContent.text("x"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void G18_anEditMentionsOnlyPeopleOfTheConversation() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.amending(node, "alice", "default");
            alice.send("bob", "m1", "text");
            MessageContent.Builder content = MessageContent.builder().text("hi");

            assertThat(refused(
                            alice,
                            with(alice, "bob", "e1", "alice", "m1")
                                    .edit(content.mentions(UserId.of("stranger"))
                                            .build())))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            send(
                    alice,
                    with(alice, "bob", "e2", "alice", "m1")
                            .edit(content.mentions(TestConversation.BOB).build()));
        }
    }
}
