package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The listener hears each committed event once, in the order of its conversation, and can harm nobody. */
public class ChatListenerTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");

    private final HeardEvents heard = new HeardEvents();

    private Chat listening(TestCluster cluster) {
        return cluster.node(builder -> builder.listener(heard));
    }

    @Test
    void G16_aConversationIsHeardInItsOrderOnceOnTheNodeThatAcceptedIt() {
        HeardEvents elsewhere = new HeardEvents();
        try (TestCluster cluster = cluster()) {
            Chat other = cluster.node(builder -> builder.listener(elsewhere));
            TestClient bob = TestClient.silent(other, "bob");
            TestClient alice = TestClient.open(listening(cluster), "alice");
            alice.send("bob", "m1", "text");
            alice.send("bob", "m1", "text");
            bob.awaitMessages("m1");
            join(bob.display("alice", "m1"));
            bob.leave();

            heard.awaitLines("connect alice default", "message m1");
            elsewhere.awaitLines("connect bob default", "display m1 bob", "disconnect bob default CLIENT");
        }
    }

    @Test
    void G16_amendmentsAreHeardInTheOrderOfTheirConversation() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(listening(cluster), "alice");
            ChatEvent.Message message = alice.message("bob", "m1", "text");
            join(alice.session().send(message));
            Amendment edit =
                    Amendment.by(ALICE).of(message).id(MessageId.of("e1")).edit(MessageContent.text("other"));
            join(alice.session().send(edit));
            join(alice.session().send(edit));
            join(alice.session()
                    .send(Amendment.by(ALICE).of(message).id(MessageId.of("d1")).delete()));

            heard.awaitLines("connect alice default", "message m1", "edit e1", "delete d1");
        }
    }

    @Test
    void G16_manyMessagesOfOneSessionAreHeardInTheirOrderAlsoIfTheLogIsSlow() {
        try (TestCluster cluster = cluster()) {
            cluster.callLog.writing.always(Faults.Fault.SLOW);
            TestClient alice = TestClient.open(listening(cluster), "alice");
            alice.sendMany("bob", 0, 60);

            List<String> all =
                    IntStream.range(0, 60).mapToObj(i -> "message m" + i).toList();
            await().untilAsserted(() -> assertThat(heard.lines("message")).isEqualTo(all));
        }
    }

    @Test
    void G16_aRefusedMessageIsNotHeardAndAFailedOneOnlyWhenItsResendSucceeds() {
        try (TestCluster cluster = cluster()) {
            Chat node = listening(cluster);
            TestClient alice = TestClient.open(node, "alice");
            join(node.profiles().block(BOB, ALICE));
            assertThat(failure(alice.session().send(alice.message("bob", "m1", "blocked"))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            cluster.callLog.writing.next(1, Faults.Fault.REFUSE);
            assertThat(failure(alice.session().send(alice.message("carol", "m2", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            SendResult resent = alice.send("carol", "m2", "text");
            alice.send("carol", "m2", "text");
            alice.send("carol", "m3", "text");

            assertThat(resent.duplicate()).isTrue();
            heard.awaitLines("connect alice default", "message m2", "message m3");
        }
    }

    @Test
    void G16_aMessageToARoomIsHeardOnceAndItsReceiptsInOrder() {
        try (TestCluster cluster = cluster()) {
            Chat node = listening(cluster);
            TestRoom.create(node, "bob", "carol");
            TestClient bob = TestClient.open(node, "bob");
            TestClient.open(node, "alice").say("den", "m1", "text");
            bob.awaitMessages("m1");

            await().untilAsserted(() -> assertThat(heard.lines("delivery")).containsExactly("delivery m1 bob"));
            assertThat(heard.lines("message")).containsExactly("message m1");
        }
    }

    @Test
    void G16_changesOfRoomsAreHeardWithWhoMadeThem() {
        try (TestCluster cluster = cluster()) {
            Chat node = listening(cluster);
            RoomId den = TestRoom.ID;
            TestRoom.create(node, "bob");
            join(node.rooms().put(ALICE, den, CAROL, RoomRole.MEMBER));
            join(node.rooms().put(ALICE, den, CAROL, RoomRole.MEMBER));
            join(node.rooms().put(ALICE, den, BOB, RoomRole.OWNER));
            join(node.rooms().remove(CAROL, den, CAROL));
            join(node.host().rooms().rename(den, "new"));
            join(node.host().rooms().remove(den, BOB));
            join(node.host().rooms().delete(den));

            heard.awaitLines(
                    "CREATED null alice the den",
                    "ADDED alice alice null",
                    "ADDED bob alice null",
                    "ADDED carol alice null",
                    "system.joined alice",
                    "ROLE bob alice null",
                    "system.role alice",
                    "REMOVED carol carol null",
                    "system.left carol",
                    "UPDATED null null new",
                    "system.renamed alice",
                    "REMOVED bob null null",
                    "system.removed alice",
                    "REMOVED alice null null",
                    "DELETED null null null");
        }
    }

    @Test
    void G13_aListenerThatThrowsHearsTheNextEventAndHarmsNobody() {
        ChatListener broken = new ChatListener() {
            @Override
            public void onMessage(ChatEvent.Message message, long storedAt) {
                heard.onMessage(message, storedAt);
                if (message.id().value().equals("m1")) {
                    throw new IllegalStateException("thrown by the test");
                }
                throw new AssertionError("thrown by the test");
            }
        };
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(builder -> builder.listener(broken)), "alice");
            alice.sendMany("bob", 1, 4);

            heard.awaitLines("message m1", "message m2", "message m3");
        }
    }

    @Test
    void G13_aListenerThatHangsLosesEventsWhichAreCountedAndTheChatGoesOn() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger dropped = new AtomicInteger();
        ChatListener hanging = hangingAtConnect(release);
        ChatObserver counting = new ChatObserver() {
            @Override
            public void listenerDropped() {
                dropped.incrementAndGet();
            }
        };
        String large = "x".repeat(1 << 14);
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.listener(hanging).observer(counting));
            TestClient alice = TestClient.open(node, "alice");
            for (int i = 0; i < 1200; i += 40) {
                sendAtOnce(
                        node,
                        IntStream.range(i, i + 40)
                                .mapToObj(n -> alice.message("bob" + n % 40, "m" + n, large))
                                .toList());
            }

            await().untilAsserted(() -> assertThat(dropped.get()).isBetween(100, 400));
            release.countDown();
            await().untilAsserted(() -> assertThat(heard.lines("message")).hasSize(1200 - dropped.get()));
        } finally {
            release.countDown();
        }
    }

    private static void sendAtOnce(Chat node, List<ChatEvent.Message> messages) {
        messages.stream().map(each -> node.host().send(each)).toList().forEach(TestClient::join);
    }

    private ChatListener hangingAtConnect(CountDownLatch release) {
        return new ChatListener() {
            @Override
            public void onConnect(UserId user, DeviceId device) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void onMessage(ChatEvent.Message message, long storedAt) {
                heard.onMessage(message, storedAt);
            }
        };
    }

    @Test
    void G14_aShutdownLetsTheListenerHearWhatWasAccepted() {
        try (TestCluster cluster = cluster()) {
            Chat node = listening(cluster);
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "text");

            node.close(Duration.ofSeconds(20));

            assertThat(heard.lines())
                    .containsExactly("connect alice default", "message m1", "disconnect alice default DRAINING");
        }
    }
}
