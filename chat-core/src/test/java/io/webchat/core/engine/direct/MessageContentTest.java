package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageBuilder;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message arrives and is logged with all of its content, within the limits and by the rules of each part. */
public class MessageContentTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final MessageContent CARD = MessageContent.builder()
            .type("shop.order")
            .data(Json.parse("{ \"n\" : 1.50,\n\t\"t\": \"\\u00e9\" }"))
            .replyTo(new MessageRef(BOB, MessageId.of("m0")))
            .mentions(BOB, ALICE)
            .build();

    private static MessageBuilder toBob(String id) {
        return ChatEvent.Message.from(ALICE).to(BOB).id(id);
    }

    private static Json data(int bytes) {
        return Json.parse("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }

    private static List<MessageContent> contents(TestClient client) {
        return client.received().stream()
                .map(Envelope::event)
                .filter(ChatEvent.Message.class::isInstance)
                .map(event -> ((ChatEvent.Message) event).content())
                .toList();
    }

    private static ChatException refusal(CompletionStage<?> sent) {
        try {
            throw new AssertionError("was answered with " + join(sent));
        } catch (ChatException e) {
            return e;
        }
    }

    @Test
    void G18_theWholeContentReachesTheRecipientTheOtherDevicesAndTheHistory() {
        try (TestCluster cluster = cluster()) {
            TestClient phone = TestClient.open(cluster.node(), "alice", "phone", 0, TestClient.Answer.CONFIRM);
            TestClient alice = TestClient.open(cluster.node(), "alice");
            join(alice.session().send(toBob("m1").content(CARD).build()));
            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m1");

            join(alice.session().send(toBob("m2").content(CARD).build()));

            bob.awaitMessages("m1", "m2");
            phone.awaitMessages("m1", "m2");
            assertThat(contents(bob)).containsExactly(CARD, CARD);
            assertThat(contents(phone)).containsExactly(CARD, CARD);
            assertThat(join(cluster.node().callLogs().messages(BOB, ConversationId.direct(ALICE, BOB), 9, ""))
                            .items())
                    .extracting(each -> each.message().content())
                    .containsExactly(CARD, CARD);
        }
    }

    @Test
    void G18_aLineFeedInDataDividesNoEvents() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            List<? extends CompletionStage<?>> sent = IntStream.range(0, 50)
                    .mapToObj(i ->
                            alice.session().send(toBob("m" + i).content(CARD).build()))
                    .toList();
            sent.forEach(TestClient::join);

            bob.awaitMessages(IntStream.range(0, 50).mapToObj(i -> "m" + i).toArray(String[]::new));
            assertThat(contents(bob)).containsOnly(CARD);
        }
    }

    @Test
    void G18_theWholeContentReachesTheMembersOfARoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            join(alice.session()
                    .send(ChatEvent.Message.from(ALICE)
                            .in(TestRoom.ID)
                            .id("m1")
                            .content(CARD)
                            .build()));

            bob.awaitMessages("m1");
            assertThat(contents(bob)).containsExactly(CARD);
            assertThat(TestRoom.history(node, "bob"))
                    .extracting(LoggedMessage::message)
                    .extracting(ChatEvent.Message::content)
                    .containsExactly(CARD);
        }
    }

    @Test
    void G2_aResendWithAnotherPartOfTheContentIsAConflict() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            join(alice.session().send(toBob("m1").content(CARD).build()));

            List<MessageContent> others = List.of(
                    CARD.toBuilder().type("shop.cart").build(),
                    CARD.toBuilder().text("x").build(),
                    CARD.toBuilder().data(Json.parse("{}")).build(),
                    CARD.toBuilder().replyTo(null).build(),
                    CARD.toBuilder().mentions(BOB).build());
            assertThat(others)
                    .allSatisfy(each -> assertThat(failure(alice.session()
                                    .send(toBob("m1").content(each).build())))
                            .isEqualTo(ErrorCode.CONFLICT));
            assertThat(join(alice.session().send(toBob("m1").content(CARD).build()))
                            .duplicate())
                    .isTrue();
        }
    }

    @Test
    void G18_dataAtTheLimitAreTakenAndOneByteMoreIsRefusedByNameAndLimit() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder ->
                    builder.config(TestCluster.config().maxDataBytes(100).build()));
            TestClient alice = TestClient.open(node, "alice");
            ChatEvent.Message large = toBob("m2").data(data(101)).build();

            join(alice.session().send(toBob("m1").data(data(100)).build()));

            for (CompletionStage<?> each : List.of(
                    alice.session().send(large), node.send(large), node.host().send(large))) {
                assertThat(refusal(each).code()).isEqualTo(ErrorCode.TOO_LARGE);
            }
            assertThat(refusal(alice.session().send(large)).detail()).isEqualTo("Data has 101 bytes, the limit is 100");
            assertThat(refusal(alice.session().send(ChatEvent.signal(ALICE, BOB, "cursor", data(101))))
                            .detail())
                    .isEqualTo("Data has 101 bytes, the limit is 100");
        }
    }

    @Test
    void aTextMayBeEmptyOnlyBesideDataOrAnotherType() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");

            join(alice.session().send(toBob("m1").type("wave").build()));
            join(alice.session().send(toBob("m2").data(Json.parse("{}")).build()));

            assertThat(refusal(alice.session().send(toBob("m3").mentions(BOB).build()))
                            .detail())
                    .isEqualTo("Text is empty");
        }
    }

    @Test
    void G12_onlyTheHostSendsTypesOfTheSystem() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            ChatEvent.Message forged = toBob("m1").type("system.joined").build();

            assertThat(failure(alice.session().send(forged))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(node.send(forged))).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(alice.session().send(ChatEvent.signal(ALICE, BOB, "system.x", null))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            join(node.host().send(forged));
            join(alice.session().send(toBob("m2").type("systematic").build()));

            bob.awaitMessages("m1", "m2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"carol", "Bob"})
    void mentionsOfAnybodyOutsideTheConversationAreRefusedByName(String outside) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            UserId other = UserId.of(outside);
            ChatEvent.Message direct =
                    toBob("m1").text("x").mentions(BOB, other).build();
            ChatEvent.Message inRoom = ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .text("x")
                    .mentions(BOB, other)
                    .build();

            for (ChatEvent.Message each : List.of(direct, inRoom)) {
                for (CompletionStage<?> sent : List.of(
                        alice.session().send(each), node.send(each), node.host().send(each))) {
                    ChatException refusal = refusal(sent);
                    assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                    assertThat(refusal.detail())
                            .isEqualTo("Mentions names " + outside + ", who is not in the conversation");
                }
            }
        }
    }

    @Test
    void aMemberWhomAnotherNodeAddedJustNowCanBeMentioned() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().permissionCache(Duration.ofMinutes(10)).build()));
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", "now the members are cached");
            UserId carol = UserId.of("carol");
            join(cluster.node().rooms().put(ALICE, TestRoom.ID, carol, RoomRole.MEMBER));

            join(alice.session()
                    .send(ChatEvent.Message.from(ALICE)
                            .in(TestRoom.ID)
                            .text("welcome")
                            .mentions(carol)
                            .build()));
        }
    }

    @Test
    void G2_aResendIsAnsweredAsTheFirstTimeAlthoughAMentionedMemberHasLeft() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            ChatEvent.Message message = ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .id("m1")
                    .timestamp(1)
                    .text("look")
                    .mentions(BOB)
                    .build();
            join(alice.session().send(message));
            join(node.rooms().remove(BOB, TestRoom.ID, BOB));

            await().untilAsserted(() ->
                    assertThat(join(alice.session().send(message)).duplicate()).isTrue());

            assertThat(failure(alice.session()
                            .send(message.withContent(
                                    message.content().toBuilder().text("other").build()))))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    @Test
    void aSignalReachesThoseWhoAreOnlineAndIsNotStored() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            alice.send("bob", "m1", "so that they know each other");
            Json position = Json.parse("{\"x\": 1}");
            join(alice.session().send(ChatEvent.signal(ALICE, BOB, "missed", null)));
            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m1");

            join(alice.session().send(ChatEvent.signal(ALICE, BOB, "cursor", position)));

            ChatEvent.Signal heard =
                    (ChatEvent.Signal) bob.awaitFirst(each -> each.event().kind() == EventKind.SIGNAL)
                            .event();
            assertThat(heard.type()).isEqualTo("cursor");
            assertThat(heard.data()).isEqualTo(position);
        }
    }

    @Test
    void aMessageNeedsARecipient() {
        assertThatThrownBy(() -> ChatEvent.Message.from(ALICE).text("x").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("to(user) or in(room)");
    }
}
