package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows, queue limits, rate limits, and sessions that pretend to be somebody else. */
public class LimitsTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static Chat node(TestCluster cluster, ChatConfig.Builder config) {
        return cluster.node(builder -> builder.config(config.build()));
    }

    @Test
    void G7_aSilentClientGetsNoMoreThanItsWindowAndOthersDoNotWait() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().window(8));
            TestClient silent = TestClient.silent(node, "bob");
            TestClient carol = TestClient.open(node, "carol");
            TestClient alice = TestClient.open(node, "alice");
            alice.sendMany("bob", 0, 40);
            alice.sendMany("carol", 0, 40);
            await().until(() -> carol.messages().size() == 40);
            assertThat(silent.messages()).hasSize(8);

            silent.session().heartbeat();
            assertThat(silent.messages()).hasSize(8);
            for (int next = 0; next < 40; next++) {
                int at = next;
                await().until(() -> silent.messages().size() > at);
                silent.session()
                        .confirm(silent.awaitFirst(each -> isMessage(each, "m" + at))
                                .seq());
            }

            assertThat(silent.messages())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 40).mapToObj(i -> "m" + i).toList());
        }
    }

    private static boolean isMessage(Envelope envelope, String id) {
        return envelope.event() instanceof ChatEvent.Message message
                && message.id().value().equals(id);
    }

    @Test
    void G7_nothingIsEmittedToAConnectionThatDoesNotDrain() {
        try (TestCluster cluster = cluster()) {
            // More messages than the window.
            Chat node = node(cluster, TestCluster.config().window(64));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            bob.writable(false);
            alice.sendMany("bob", 0, 100);
            assertThat(bob.received()).isEmpty();

            bob.writable(true);

            await().until(() -> bob.messages().size() == 100);
        }
    }

    @Test
    void G7_receiptsDoNotFillTheWindowAndAHeartbeatConfirmsThem() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().window(4));
            TestClient alice = TestClient.silent(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            alice.sendMany("bob", 0, 50);
            await().until(() -> alice.count(EventKind.DELIVERY) == 50);
            alice.session().heartbeat();
            alice.session().heartbeat();
            alice.leave();
            bob.leave();

            TestClient back = TestClient.open(node, "alice");
            TestClient.open(node, "carol").send("alice", "m", "hello");

            back.awaitMessages("m");
            assertThat(back.count(EventKind.DELIVERY)).isZero();
        }
    }

    @Test
    void G10_aDeviceIsToldHowManyEventsWereTrimmedAndTheHistoryHasThemAll() {
        try (TestCluster cluster = cluster(QueueLimits.DEFAULT.withMaxEvents(20))) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient before = TestClient.open(node, "bob");
            alice.send("bob", "first", "text");
            before.awaitMessages("first");
            await().until(() ->
                    TestClient.join(cluster.queue.read(BOB, 0, 1)).events().isEmpty());
            before.leave();
            alice.sendMany("bob", 0, 50);

            TestClient bob = TestClient.open(node, "bob");

            bob.awaitMessages(IntStream.range(30, 50).mapToObj(i -> "m" + i).toArray(String[]::new));
            assertThat(bob.received()).extracting(Envelope::seq).isSorted().doesNotHaveDuplicates();
            assertThat(bob.received().get(0).event())
                    .isInstanceOfSatisfying(
                            Notice.class, gap -> assertThat(gap.detail()).startsWith("30 events"));
            assertThat(TestClient.join(node.callLogs().messages(BOB, TestConversation.ID, 200, ""))
                            .items())
                    .hasSize(51);
        }
    }

    @Test
    void G10_aQueueIsBoundedInBytes() {
        try (TestCluster cluster = cluster(QueueLimits.DEFAULT.withMaxBytes(100_000))) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient.open(node, "bob").leave();
            for (int i = 0; i < 20; i++) {
                alice.send("bob", "m" + i, "x".repeat(10_000));
            }

            TestClient bob = TestClient.open(node, "bob");

            await().until(() -> bob.messages().contains("m19"));
            assertThat(bob.messages()).hasSizeBetween(8, 10);
            assertThat(bob.count(EventKind.GAP)).isEqualTo(1);
        }
    }

    @Test
    void G10_aDeviceIsToldOfTrimmedMessagesThatAnotherDeviceHas() {
        try (TestCluster cluster = cluster(QueueLimits.DEFAULT.withMaxEvents(20))) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient before = TestClient.open(node, "bob", "laptop", 0, TestClient.Answer.CONFIRM);
            TestClient phone = TestClient.open(node, "bob", "phone", 0, TestClient.Answer.CONFIRM);
            alice.send("bob", "first", "to both");
            before.awaitMessages("first");
            await().until(() ->
                    TestClient.join(cluster.queue.read(BOB, 0, 1)).events().isEmpty());
            before.leave();
            for (int i = 0; i < 50; i++) {
                alice.send("bob", "m" + i, "text");
            }
            await().until(() -> phone.messages().size() == 51);
            await().untilAsserted(
                            () -> assertThat(TestConversation.statuses(node)).containsOnly(MessageStatus.DELIVERED));

            TestClient laptop = TestClient.open(node, "bob", "laptop", 0, TestClient.Answer.CONFIRM);

            await().until(() -> laptop.messages().size() == 20 && laptop.count(EventKind.GAP) == 1);
            assertThat(laptop.received().get(0).seq())
                    .isEqualTo(laptop.received().get(1).seq() - 1);
            assertThat(laptop.messages()).startsWith("m30");
        }
    }

    static Stream<Arguments> attacks() {
        MessageId id = MessageId.of("m1");
        UserId carol = UserId.of("carol");
        return Stream.of(
                Arguments.of("a forged From", ChatEvent.message(BOB, carol, "as bob"), ErrorCode.FORBIDDEN),
                Arguments.of("a forged receipt", ChatEvent.delivery(BOB, ALICE, id), ErrorCode.FORBIDDEN),
                Arguments.of("forged typing", ChatEvent.typing(BOB, ALICE), ErrorCode.FORBIDDEN),
                Arguments.of(
                        "a receipt for somebody else's message",
                        ChatEvent.display(carol, ALICE, id),
                        ErrorCode.NOT_FOUND),
                Arguments.of("a receipt for nothing", ChatEvent.display(carol, BOB, id), ErrorCode.NOT_FOUND),
                Arguments.of(
                        "a receipt for one's own message",
                        ChatEvent.delivery(carol, BOB, MessageId.of("mine")),
                        ErrorCode.NOT_FOUND),
                Arguments.of(
                        "a room one is not in",
                        ChatEvent.Message.from(carol)
                                .in(io.webchat.core.ids.RoomId.of("r"))
                                .id(id)
                                .timestamp(0)
                                .text("x")
                                .build(),
                        ErrorCode.NOT_FOUND),
                Arguments.of("a notice of the server", Notice.of(EventKind.GAP, ALICE, "x"), ErrorCode.BAD_REQUEST),
                Arguments.of(
                        "the nodes' own event",
                        new NodeEvent.SessionOpened(ALICE, io.webchat.core.ids.DeviceId.DEFAULT, Long.MAX_VALUE, 0),
                        ErrorCode.BAD_REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void G12_nobodySpeaksForAnother(String what, ChatEvent attack, ErrorCode code) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            TestClient carol = TestClient.open(node, "carol");
            alice.send("bob", "m1", "between alice and bob");
            carol.send("bob", "mine", "from carol");
            alice.awaitReceipts(EventKind.DELIVERY, "m1");
            bob.awaitMessages("m1", "mine");
            int before = alice.received().size();

            assertThat(TestClient.failure(carol.session().send(attack)))
                    .as(what)
                    .isEqualTo(code);

            assertThat(alice.received()).as(what).hasSize(before);
            assertThat(bob.messages()).containsExactly("m1", "mine");
        }
    }

    @Test
    void G12_nobodyReadsAForeignCallLog() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient.open(node, "alice").send("bob", "m1", "secret");
            UserId carol = UserId.of("carol");

            assertThat(TestClient.failure(node.callLogs().messages(carol, TestConversation.ID, 10, "")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(TestClient.join(node.callLogs().conversations(carol, 10, ""))
                            .items())
                    .isEmpty();
            assertThat(TestClient.join(node.callLogs().conversations(BOB, 10, ""))
                            .items())
                    .hasSize(1);
            assertThat(TestClient.failure(node.callLogs().conversations(BOB, 0, "")))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(TestClient.failure(node.callLogs().messages(BOB, TestConversation.ID, 201, "")))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }

    static Stream<Arguments> badTexts() {
        return Stream.of(
                Arguments.of("", ErrorCode.BAD_REQUEST),
                Arguments.of("half \ud83d", ErrorCode.BAD_REQUEST),
                Arguments.of("\udc4b half", ErrorCode.BAD_REQUEST),
                Arguments.of("x".repeat(16 * 1024 + 1), ErrorCode.TOO_LARGE),
                Arguments.of("한".repeat(6 * 1024), ErrorCode.TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void G13_badTextsAreRefused(String text, ErrorCode code) {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", text))))
                    .isEqualTo(code);
            assertThat(alice.send("bob", "m1", "👋".repeat(4 * 1024)).duplicate())
                    .isFalse();
        }
    }

    @Test
    void G13_aFloodOfMessagesIsLimitedPerUserOverDevicesAndReconnects() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().messagesPerSecond(1).burst(Duration.ofSeconds(5)));
            TestClient phone = TestClient.open(node, "alice", "phone", 0, TestClient.Answer.CONFIRM);
            for (int i = 0; i < 5; i++) {
                phone.send("bob", "m" + i, "text");
            }
            phone.leave();
            TestClient laptop = TestClient.open(node, "alice", "laptop", 0, TestClient.Answer.CONFIRM);

            ChatException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ChatException.class, () -> laptop.send("bob", "m6", "too many"));

            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
            TestClient.open(node, "carol").send("bob", "m1", "others are served");
        }
    }

    @Test
    void G13_aFloodOfSignalsAndUnknownReceiptsIsLimitedPerUserOverReconnects() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().signalsPerSecond(1).burst(Duration.ofSeconds(2)));
            TestClient alice = TestClient.open(node, "alice");
            assertThat(TestClient.failure(alice.display("bob", "none"))).isEqualTo(ErrorCode.NOT_FOUND);
            TestClient.join(alice.session().send(ChatEvent.typing(ALICE, BOB)));

            assertThat(TestClient.failure(alice.session().send(ChatEvent.typing(ALICE, BOB))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(TestClient.failure(alice.display("bob", "none"))).isEqualTo(ErrorCode.RATE_LIMITED);
            alice.send("bob", "m1", "messages have a limit of their own");
            alice.leave();
            TestClient again = TestClient.open(node, "alice");
            TestClient laptop = TestClient.open(node, "alice", "laptop", 0, TestClient.Answer.CONFIRM);
            for (TestClient each : new TestClient[] {again, laptop}) {
                assertThat(TestClient.failure(each.session().send(ChatEvent.typing(ALICE, BOB))))
                        .isEqualTo(ErrorCode.RATE_LIMITED);
                assertThat(TestClient.failure(each.display("bob", "none"))).isEqualTo(ErrorCode.RATE_LIMITED);
            }
            TestClient.join(TestClient.open(node, "bob").session().send(ChatEvent.typing(BOB, ALICE)));
        }
    }

    @Test
    void G13_aUserOpensNoMoreSessionsThanTheRateAllows() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().openingsPerSecond(1).burst(Duration.ofSeconds(3)));
            for (int i = 0; i < 3; i++) {
                TestClient.open(node, "alice").leave();
            }

            ChatException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ChatException.class, () -> TestClient.open(node, "alice", "laptop", 0, TestClient.Answer.CONFIRM));

            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
            assertThat(cluster.queue.attached).isNotEmpty().doesNotContain(DeviceId.of("laptop"));
            TestClient.open(node, "bob");
        }
    }

    @Test
    void G13_aUserHasNoMoreDevicesConnectedThanTheLimit() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, TestCluster.config().maxSessionsPerUser(2));
            TestClient phone = TestClient.open(node, "alice", "phone", 0, TestClient.Answer.CONFIRM);
            TestClient laptop = TestClient.open(node, "alice", "laptop", 0, TestClient.Answer.CONFIRM);

            ChatException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(
                    ChatException.class, () -> TestClient.open(node, "alice", "tablet", 0, TestClient.Answer.CONFIRM));

            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.detail()).contains("2 devices");
            TestClient.open(node, "alice", "phone", 0, TestClient.Answer.CONFIRM);
            await().untilAsserted(() -> assertThat(phone.closed()).isEqualTo(io.webchat.core.CloseReason.REPLACED));
            TestClient.open(node, "bob");
            laptop.leave();
            TestClient.open(node, "alice", "tablet", 0, TestClient.Answer.CONFIRM);
        }
    }

    @Test
    void G13_sendsUnderWayAreBounded() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, cluster.impatientConfig().maxInFlight(2));
            TestClient alice = TestClient.openOnImpatient(node, "alice");
            cluster.queue.messages.next(2, Fault.HANG);
            var first = alice.session().send(alice.message("bob", "m1", "hangs"));
            var second = alice.session().send(alice.message("bob", "m2", "hangs"));

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m3", "one too many"))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(TestClient.failure(first)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(TestClient.failure(second)).isEqualTo(ErrorCode.UNAVAILABLE);
            await().untilAsserted(() -> alice.send("bob", "m4", "goes again"));
        }
    }
}
