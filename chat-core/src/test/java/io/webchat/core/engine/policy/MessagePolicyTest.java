package io.webchat.core.engine.policy;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SendResult;
import io.webchat.core.SessionOptions;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Json;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Proposal;
import io.webchat.core.policy.Verdict;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A policy of the application decides about each message before it is stored, and a failing one refuses. */
public class MessagePolicyTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static MessagePolicy refusing(String word) {
        return proposal ->
                done(proposal.text().contains(word) ? Verdict.refuse("mind your language") : Verdict.accept());
    }

    private static CompletionStage<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    private static ChatException refusal(CompletionStage<?> stage) {
        return catchThrowableOfType(ChatException.class, () -> join(stage));
    }

    @Test
    void G16_policiesJudgeDataAndSignalsOfTheApplicationButNoTyping() {
        MessagePolicy noLinks = proposal ->
                done(String.valueOf(proposal.data()).contains("http") ? Verdict.refuse("no links") : Verdict.accept());
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(noLinks, refusing("damn")));
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m1", "so that they know each other");
            Json link = Json.parse("{\"url\":\"http://x\"}");
            RoomId room = TestRoom.ID;

            for (ChatEvent each : List.of(
                    ChatEvent.signal(ALICE, BOB, "card", link),
                    new ChatEvent.Signal(ALICE, ALICE, room, 1, "card", link),
                    ChatEvent.Message.from(ALICE)
                            .to(BOB)
                            .type("card")
                            .data(link)
                            .build())) {
                assertThat(refusal(alice.session().send(each)).code()).isEqualTo(ErrorCode.REJECTED);
            }
            join(alice.session().send(ChatEvent.typing(ALICE, BOB)));
            join(alice.session().send(ChatEvent.signal(ALICE, BOB, "cursor", Json.parse("{}"))));

            bob.awaitFirst(each -> each.event().kind() == EventKind.SIGNAL);
            assertThat(bob.received())
                    .noneMatch(each -> String.valueOf(each.event()).contains("http"));
        }
    }

    @Test
    void aPolicyCannotMentionAnybodyOutsideTheConversation() {
        MessagePolicy mentioning = proposal -> {
            ChatEvent.Message message = (ChatEvent.Message) proposal.event();
            return done(Verdict.replace(message.withContent(message.content().toBuilder()
                    .mentions(UserId.of("stranger"))
                    .build())));
        };
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(mentioning));
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");

            for (ChatEvent each : List.of(alice.message("bob", "m1", "hi"), alice.toRoom("den", "m2", "hi"))) {
                assertThat(refusal(alice.session().send(each)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            }
            assertThat(join(node.callLogs().conversations(BOB, 9, "")).items()).isEmpty();
        }
    }

    @Test
    void G16_aRefusedMessageLeavesNoTrace() {
        try (TestCluster cluster = cluster()) {
            CountingObserver observer = new CountingObserver();
            Chat node = cluster.node(
                    builder -> builder.messagePolicies(refusing("damn")).observer(observer));
            Chat open = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            TestClient laptop = TestClient.open(open, "alice", "laptop", 0, TestClient.Answer.CONFIRM);
            TestClient carol = TestClient.open(open, "carol");

            List<CompletionStage<SendResult>> refused = List.of(
                    alice.session().send(alice.message("bob", "d1", "damn")),
                    alice.session().send(alice.message("alice", "d2", "damn me")),
                    alice.session().send(alice.toRoom("den", "d3", "damn all")),
                    node.send(alice.message("carol", "d4", "damn you")),
                    node.send(Principal.of(ALICE), alice.toRoom("den", "d5", "damn it")));
            refused.forEach(each -> {
                assertThat(refusal(each).code()).isEqualTo(ErrorCode.REJECTED);
                assertThat(refusal(each).detail()).isEqualTo("mind your language");
                assertThat(refusal(each).code().retryable()).isFalse();
            });

            assertNothingIsStored(cluster, open);
            assertThat(observer.accepted).hasValue(0);
            assertThat(observer.offline).hasValue(0);
            assertThat(observer.policyFailures).isEmpty();
            assertThat(observer.refused).hasSize(5).containsOnly(ErrorCode.REJECTED);

            alice.say("den", "m1", "hello all");
            alice.send("bob", "d1", "the id of a refused message is free");
            carol.awaitMessages("m1");
            laptop.awaitMessages("m1", "d1");
            assertThat(alice.messages()).isEmpty();
        }
    }

    private static void assertNothingIsStored(TestCluster cluster, Chat node) {
        for (String user : List.of("alice", "bob", "carol")) {
            assertThat(join(cluster.queue.read(UserId.of(user), 0, 10)).events())
                    .as("queue of %s", user)
                    .isEmpty();
            assertThat(join(node.callLogs().conversations(UserId.of(user), 10, ""))
                            .items())
                    .as("conversations of %s", user)
                    .isEmpty();
        }
        for (String id : List.of("d1", "d2", "d3", "d4", "d5")) {
            assertThat(join(cluster.callLog.find(TestRoom.TALK, ALICE, MessageId.of(id))))
                    .isEmpty();
            assertThat(join(cluster.callLog.find(TestConversation.ID, ALICE, MessageId.of(id))))
                    .isEmpty();
        }
    }

    @Test
    void G16_aPolicyLearnsWhoSendsAndByWhichWay() {
        try (TestCluster cluster = cluster()) {
            List<Proposal> seen = new CopyOnWriteArrayList<>();
            Chat node = cluster.node(builder -> builder.messagePolicies(proposal -> {
                seen.add(proposal);
                return done(Verdict.accept());
            }));
            TestRoom.create(node, "bob");
            Principal alice = Principal.of(ALICE).withClaims(Map.of("tenant", "acme"));
            DeviceId phone = DeviceId.of("phone");
            var session = join(node.open(alice, SessionOptions.of(phone), (any, envelope) -> {}));
            ChatEvent.Message direct = ChatEvent.message(ALICE, BOB, "hello");
            ChatEvent.Message toRoom = ChatEvent.roomMessage(BOB, TestRoom.ID, "hello all");

            join(session.send(direct));
            join(session.send(ChatEvent.typing(ALICE, BOB)));
            join(node.send(Principal.of(BOB), toRoom));
            join(node.send(ChatEvent.roomMessage(ALICE, TestRoom.ID, "from the server")));

            assertThat(seen).hasSize(3);
            assertThat(seen.get(0)).isEqualTo(new Proposal(alice, phone, Proposal.Origin.SESSION, direct, null));
            assertThat(seen.get(1))
                    .isEqualTo(new Proposal(
                            Principal.of(BOB), DeviceId.of(".server"), Proposal.Origin.REST, toRoom, RoomRole.MEMBER));
            assertThat(seen.get(2))
                    .extracting(Proposal::origin, Proposal::role)
                    .containsExactly(Proposal.Origin.HOST, RoomRole.OWNER);
        }
    }

    @Test
    void G16_aPolicyIsNotAskedAboutAMessageThatIsRefusedAnyway() {
        try (TestCluster cluster = cluster()) {
            List<Proposal> seen = new CopyOnWriteArrayList<>();
            Chat node = cluster.node(builder -> builder.messagePolicies(proposal -> {
                seen.add(proposal);
                return done(Verdict.accept());
            }));
            TestClient alice = TestClient.open(node, "alice");
            join(node.profiles().block(BOB, ALICE));

            assertThat(failure(alice.session().send(alice.message("bob", "m1", "hi"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(alice.session().send(alice.toRoom("den", "m2", "hi"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void G16_messagesAreJudgedAtOnceAndStoredInTheOrderInWhichTheyWereSent() {
        try (TestCluster cluster = cluster()) {
            Map<String, CompletableFuture<Verdict>> asked = new ConcurrentHashMap<>();
            Chat node = cluster.node(builder -> builder.messagePolicies(
                    proposal -> asked.computeIfAbsent(proposal.text(), text -> new CompletableFuture<>())));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            List<CompletionStage<SendResult>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> alice.session().send(alice.message("bob", "m" + i, "text " + i)))
                    .toList();
            await().until(() -> asked.size() == 20);

            for (int i = 19; i >= 0; i--) {
                Objects.requireNonNull(asked.get("text " + i))
                        .complete(i % 5 == 3 ? Verdict.refuse("no") : Verdict.accept());
            }
            for (int i = 0; i < 20; i++) {
                if (i % 5 == 3) {
                    assertThat(failure(answers.get(i))).isEqualTo(ErrorCode.REJECTED);
                } else {
                    join(answers.get(i));
                }
            }
            bob.awaitMessages(IntStream.range(0, 20)
                    .filter(i -> i % 5 != 3)
                    .mapToObj(i -> "m" + i)
                    .toArray(String[]::new));
        }
    }

    @Test
    void G16_policiesRunInTheirOrderUntilOneRefuses() {
        try (TestCluster cluster = cluster()) {
            List<String> seen = new CopyOnWriteArrayList<>();
            MessagePolicy noting = proposal -> {
                seen.add(proposal.text());
                return done(proposal.replaceText(proposal.text() + "!"));
            };
            Chat node = cluster.node(builder -> builder.messagePolicies(noting, noting, refusing("no!!"), noting));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.send("bob", "m1", "yes");

            assertThat(failure(alice.session().send(alice.message("bob", "m2", "no"))))
                    .isEqualTo(ErrorCode.REJECTED);
            assertThat(seen).containsExactly("yes", "yes!", "yes!!", "no", "no!");
            bob.awaitMessages("m1");
            assertThat(TestConversation.history(node).get(0).message().text()).isEqualTo("yes!!!");
        }
    }

    @Test
    void G16_aPolicyThatFailsOrHangsRefusesAndIsCounted() {
        MessagePolicy broken = proposal -> switch (proposal.text()) {
            case "hangs" -> new CompletableFuture<>();
            case "throws" -> throw new IllegalStateException("thrown by the test");
            case "fails" -> CompletableFuture.failedFuture(new ChatException(ErrorCode.FORBIDDEN, "by the test"));
            case "forgets" -> CompletableFuture.completedFuture(null);
            case "empties" -> done(proposal.replaceText(""));
            case "swells" -> done(proposal.replaceText("x".repeat(20_000)));
            case "redirects" -> done(Verdict.replace(ChatEvent.message(ALICE, ALICE, "to somebody else")));
            default -> done(Verdict.accept());
        };
        try (TestCluster cluster = cluster()) {
            CountingObserver observer = new CountingObserver();
            Chat node = cluster.node(builder -> builder.messagePolicies(broken)
                    .observer(observer)
                    .config(TestCluster.config()
                            .policyTimeout(Duration.ofMillis(500))
                            .build()));
            TestClient alice = TestClient.open(node, "alice");
            List<CompletionStage<SendResult>> answers = Stream.of(
                            "hangs", "throws", "fails", "forgets", "empties", "swells", "redirects")
                    .map(text -> alice.session().send(alice.message("bob", "of-" + text, text)))
                    .toList();

            answers.forEach(each -> assertThat(failure(each)).isEqualTo(ErrorCode.UNAVAILABLE));
            await().untilAsserted(
                            () -> assertThat(observer.policyFailures).hasSize(7).containsOnly("message"));
            assertThat(observer.accepted).hasValue(0);
            assertThat(join(cluster.queue.read(BOB, 0, 10)).events()).isEmpty();
            assertThat(TestConversation.history(node)).isEmpty();
            alice.send("bob", "of-hangs", "does not hang");
        }
    }

    @Test
    void G16_anOrderedSessionHoldsNothingBehindARejectedMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(refusing("damn")));
            TestClient alice = TestClient.inOrder(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            CompletionStage<SendResult> first = alice.session().send(alice.message("bob", "m1", "one"));
            CompletionStage<SendResult> second = alice.session().send(alice.message("bob", "m2", "damn"));
            CompletionStage<SendResult> third = alice.session().send(alice.message("bob", "m3", "three"));

            join(first);
            assertThat(failure(second)).isEqualTo(ErrorCode.REJECTED);
            join(third);
            bob.awaitMessages("m1", "m3");
        }
    }
}
