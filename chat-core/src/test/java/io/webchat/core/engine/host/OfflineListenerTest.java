package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
import io.webchat.core.Profile;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * The offline listener hears of exactly the messages that no device confirmed in time. The time either is over at once,
 * or never: then the shutdown of the node asks for what is not confirmed.
 */
public class OfflineListenerTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final List<OfflineMessage> heard = new CopyOnWriteArrayList<>();

    private Chat node(TestCluster cluster, Duration pushAfter, OfflineListener listener) {
        return cluster.node(builder -> builder.offlineListener(listener)
                .config(TestCluster.config().pushAfter(pushAfter).build()));
    }

    private Chat node(TestCluster cluster, Duration pushAfter) {
        return node(cluster, pushAfter, heard::add);
    }

    private List<String> heardIds() {
        return heard.stream()
                .map(each -> each.user() + ":" + each.message().id())
                .sorted()
                .toList();
    }

    private void awaitHeard(String... ids) {
        await().untilAsserted(() -> assertThat(heardIds()).containsExactly(ids));
    }

    @Test
    void G16_aMessageToNobodyConnectedIsReportedOnceWithUnreadTotalAndTitle() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, NEVER);
            join(node.profiles().put(ALICE, Profile.named("Alice in Berlin")));
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "one");
            alice.send("bob", "m1", "one");
            TestClient.open(node, "carol").send("bob", "m2", "two");

            node.close(GRACE);

            assertThat(heardIds()).containsExactly("bob:m1", "bob:m2");
            assertThat(heard).extracting(OfflineMessage::title).containsExactlyInAnyOrder("Alice in Berlin", "carol");
            assertThat(heard).extracting(OfflineMessage::unread).containsExactly(2, 2);
            assertThat(heard)
                    .extracting(OfflineMessage::message)
                    .extracting(ChatEvent.Message::text)
                    .containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void G16_aDeadSocketOnAnotherNodeDoesNotSilenceThePhone() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, AT_ONCE);
            TestClient dead = TestClient.silent(cluster.node(), "bob");
            TestClient.open(node, "alice").send("bob", "m1", "text");
            dead.awaitMessages("m1");

            awaitHeard("bob:m1");
        }
    }

    @Test
    void G16_oneDeviceThatConfirmedInTimeIsEnoughThoughAnotherOneIsAway() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, NEVER);
            Chat other = cluster.node();
            TestClient phone = TestClient.open(other, "bob", "phone", 0, TestClient.Answer.NOTHING);
            TestClient laptop = TestClient.open(other, "bob", "laptop", 0, TestClient.Answer.CONFIRM);
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "confirmed by the laptop");
            laptop.awaitMessages("m1");
            phone.awaitMessages("m1");
            alice.awaitReceipts(io.webchat.core.events.EventKind.DELIVERY, "m1");
            await().until(() -> confirmed(cluster, "bob"));
            laptop.leave();
            alice.send("bob", "m2", "confirmed by nobody");
            phone.awaitMessages("m1", "m2");

            node.close(GRACE);

            assertThat(heardIds()).containsExactly("bob:m2");
        }
    }

    /** Whether a device has confirmed all messages of the queue. */
    private static boolean confirmed(TestCluster cluster, String user) {
        var slice = join(cluster.backend().queue().read(UserId.of(user), 0, 1));
        return slice.confirmed() == slice.next() - 1;
    }

    @Test
    void G16_onlyTheMembersWhoDidNotConfirmAreReportedWithTheNameOfTheRoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, NEVER);
            TestRoom.create(node, "bob", "carol", "dave");
            TestClient carol = TestClient.open(cluster.node(), "carol");
            TestClient.open(node, "alice").say("den", "m1", "text");
            carol.awaitMessages("m1");
            await().until(() -> confirmed(cluster, "carol"));

            node.close(GRACE);

            assertThat(heardIds()).containsExactly("bob:m1", "dave:m1");
            assertThat(heard).extracting(OfflineMessage::title).containsOnly("the den");
        }
    }

    @Test
    void G16_aMessageWhoseSendFailedAfterItWasQueuedIsReportedToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, NEVER);
            TestClient alice = TestClient.open(node, "alice");
            cluster.callLog.writing.next(1, Faults.Fault.REFUSE);
            assertThat(failure(alice.session().send(alice.message("bob", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            alice.send("bob", "m1", "text");

            node.close(GRACE);

            assertThat(heardIds()).containsExactly("bob:m1");
        }
    }

    @Test
    void aCopyForTheAuthorsOwnDevicesIsNotReported() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, NEVER);
            TestClient.open(node, "alice", "tablet", 0, TestClient.Answer.NOTHING);
            TestClient.open(node, "alice").send("bob", "m1", "text");

            node.close(GRACE);

            assertThat(heardIds()).containsExactly("bob:m1");
        }
    }

    @Test
    void G13_aListenerThatThrowsIsCalledForTheNextMessage() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, AT_ONCE, message -> {
                heard.add(message);
                throw new IllegalStateException("thrown by the test");
            });
            ChatEvent.Message one = ChatEvent.message(ALICE, UserId.of("bob"), "one");
            ChatEvent.Message two = ChatEvent.message(ALICE, UserId.of("bob"), "two");
            join(node.send(one));
            join(node.host().send(two));

            await().untilAsserted(() -> assertThat(heard)
                    .extracting(OfflineMessage::message)
                    .extracting(ChatEvent.Message::text)
                    .containsExactlyInAnyOrder("one", "two"));
        }
    }
}
