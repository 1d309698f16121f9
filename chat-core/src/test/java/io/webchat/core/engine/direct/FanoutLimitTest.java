package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** One account cannot fill the store: its bytes for all recipients are limited, and invented users get nothing. */
public class FanoutLimitTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    /** The bytes of a message to the den of three with a text of 744 bytes. */
    private static final int DEN_MESSAGE = 3 * 1000;

    private static final String TEXT = "x".repeat(744);

    private static Chat node(TestCluster cluster, int messages) {
        ChatConfig.Builder config =
                TestCluster.config().fanoutBytesPerSecond(1).fanoutBurstBytes(messages * DEN_MESSAGE);
        return cluster.node(builder -> builder.config(config.build()));
    }

    @Test
    void G13_aMessageToARoomIsChargedOncePerRecipient() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, 2);
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            alice.say("den", "m1", TEXT);
            alice.say("den", "m2", TEXT);

            ChatException refusal =
                    Assertions.catchThrowableOfType(ChatException.class, () -> alice.say("den", "m3", TEXT));

            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter().orElseThrow()).isPositive();
            assertThat(failure(node.send(alice.toRoom("den", "m3", TEXT)))).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(failure(alice.session().send(alice.message("bob", "m4", TEXT))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(failure(alice.session().send(ChatEvent.typingIn(ALICE, TestRoom.ID))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            TestClient bob = TestClient.open(node, "bob");
            bob.say("den", "b1", "others have a budget of their own");
            bob.awaitMessages("m1", "m2");
        }
    }

    @Test
    void G13_aMessageLargerThanTheBurstPassesOnceAndIsPaidFor() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .fanoutBytesPerSecond(1)
                    .fanoutBurstBytes(1)
                    .build()));
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", TEXT);

            ChatException refusal =
                    Assertions.catchThrowableOfType(ChatException.class, () -> alice.send("bob", "m2", "x"));

            assertThat(refusal.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1000));
        }
    }

    @Test
    void G13_theBytesOfOneDayAreBoundedForEachAuthor() {
        try (TestCluster cluster = cluster()) {
            // Enough for 28 messages.
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .fanoutBytesPerSecond(1_000_000)
                    .fanoutBytesPerDay(86_400)
                    .build()));
            TestRoom.create(node, "bob", "carol");
            TestClient alice = TestClient.open(node, "alice");
            for (int i = 0; i < 28; i++) {
                alice.say("den", "m" + i, TEXT);
            }

            ChatException refusal =
                    Assertions.catchThrowableOfType(ChatException.class, () -> alice.say("den", "n", TEXT));

            assertThat(refusal).hasMessageContaining("in one day");
            assertThat(refusal.retryAfter().orElseThrow()).isPositive();
            assertThat(alice.session().send(ChatEvent.typingIn(ALICE, TestRoom.ID)))
                    .as("a signal is not queued")
                    .succeedsWithin(Duration.ofSeconds(30));
            TestClient.open(node, "bob").say("den", "b1", "others have a day of their own");
        }
    }

    @Test
    void G13_membersWhoBlockedTheAuthorCostNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node = node(cluster, 1);
            TestRoom.create(node, "bob", "carol", "dave");
            join(node.profiles().block(UserId.of("dave"), ALICE));

            TestClient.open(node, "alice").say("den", "m1", TEXT);
        }
    }

    @Test
    void G13_usersWhomTheHostDoesNotKnowGetNothing() {
        try (TestCluster cluster = cluster()) {
            Set<UserId> known = ConcurrentHashMap.newKeySet();
            known.addAll(List.of(ALICE, BOB));
            Chat node = cluster.node(
                    builder -> builder.userDirectory(user -> CompletableFuture.completedFuture(known.contains(user))));
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "bob exists");

            assertThat(failure(alice.session().send(alice.message("ghost", "m2", "text"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(node.send(alice.message("ghost", "m2", "text")))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(failure(node.rooms().create(ALICE, RoomId.of("r"), "r", false, List.of(UserId.of("ghost")))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            TestRoom.create(node, "bob");
            assertThat(failure(node.rooms().put(ALICE, TestRoom.ID, UserId.of("ghost"), RoomRole.MEMBER)))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            known.add(UserId.of("ghost"));
            alice.send("ghost", "m2", "exists from now on");
        }
    }

    @Test
    void G9_aDirectoryThatFailsLetsNothingThrough() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.userDirectory(
                    user -> CompletableFuture.failedFuture(new IllegalStateException("broken by the test"))));
            TestClient alice = TestClient.open(node, "alice");

            assertThat(failure(alice.session().send(alice.message("bob", "m1", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }
}
