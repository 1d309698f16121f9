package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserPresence;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A connected user is online for those whom the user knows and has not blocked, on every node. The same people see when
 * a user was connected last.
 */
public class PresenceTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final List<UserId> ALL = List.of(ALICE, BOB, CAROL);

    @Test
    void aUserIsOnlineUntilTheLastSessionOnAnyNodeEnds() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");

            assertThat(join(node.presence().online(ALICE, ALL))).containsExactlyInAnyOrder(ALICE, BOB);
            bob.session().close();
            await().untilAsserted(() ->
                    assertThat(join(node.presence().online(ALICE, ALL))).containsExactly(ALICE));
        }
    }

    @Test
    void aUserLooksOfflineToThoseWhomTheUserBlocked() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient.open(node, "bob");
            join(node.profiles().block(BOB, ALICE));

            assertThat(join(node.presence().online(ALICE, ALL))).isEmpty();
            assertThat(join(node.presence().online(CAROL, ALL))).containsExactly(BOB);
            assertThat(join(node.presence().online(BOB, ALL))).containsExactly(BOB);
            join(node.profiles().unblock(BOB, ALICE));
            assertThat(join(node.presence().online(ALICE, ALL))).containsExactly(BOB);
        }
    }

    @Test
    void G9_nobodyIsShownWhileBlocksCannotBeRead() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.contactPolicy(ContactPolicy.EVERYBODY));
            TestClient.open(node, "bob");
            cluster.profiles.asking.next(1, Fault.REFUSE);

            assertThat(failure(node.presence().online(ALICE, ALL))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(join(node.presence().online(ALICE, ALL))).containsExactly(BOB);
        }
    }

    /** When the queue has seen bob last. */
    private static long seen(TestCluster cluster) {
        return join(cluster.queue.lastSeen(BOB)).orElse(0);
    }

    private static UserPresence state(Chat node, UserId asker) {
        return join(node.presence().states(asker, List.of(BOB))).get(0);
    }

    @Test
    void aUserWasSeenLastWhenTheLastSessionOnAnyNodeEnded() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            assertThat(state(node, ALICE)).as("before").isEqualTo(UserPresence.unknown(BOB));
            TestClient phone = TestClient.open(node, "bob", "phone", 0, TestClient.Answer.CONFIRM);
            TestClient laptop = TestClient.open(cluster.node(), "bob", "laptop", 0, TestClient.Answer.CONFIRM);
            phone.session().close();
            await().until(() -> cluster.queue.left.contains(phone.session().device()));
            assertThat(state(node, ALICE)).isEqualTo(UserPresence.online(BOB));

            laptop.session().close();
            await().until(() -> !state(node, ALICE).online() && cluster.queue.left.size() == 2);
            assertThat(seen(cluster)).isPositive();
            // A last confirmation may still be on its way.
            await().untilAsserted(() ->
                    assertThat(state(node, ALICE)).isEqualTo(new UserPresence(BOB, false, seen(cluster))));
            assertThat(join(node.presence().states(ALICE, List.of(CAROL, BOB, CAROL))))
                    .extracting(UserPresence::user)
                    .containsExactly(CAROL, BOB);
        }
    }

    @Test
    void G16_strangersAndBlockedPeopleDoNotSeeWhenAUserWasThere() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient.open(node, "bob").session().close();
            await().until(() -> state(node, ALICE).lastSeenAt() > 0);

            assertThat(state(node, UserId.of("stranger"))).isEqualTo(UserPresence.unknown(BOB));
            join(node.profiles().block(BOB, ALICE));
            assertThat(state(node, ALICE)).isEqualTo(UserPresence.unknown(BOB));
            assertThat(state(node, CAROL).lastSeenAt()).isPositive();
        }
    }

    @Test
    void aNodeThatShutsDownNotesTheEndOfItsSessions() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient bob = TestClient.open(node, "bob");

            node.close(Duration.ofSeconds(10));

            assertThat(cluster.queue.left).containsExactly(bob.session().device());
        }
    }

    @Test
    void G9_aSessionEndsWhileTheQueueCannotNoteIt() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob", "carol");
            TestClient bob = TestClient.open(node, "bob");
            cluster.queue.leaving.next(1, Fault.REFUSE);
            bob.session().close();

            await().until(() -> !state(node, ALICE).online());
            assertThat(cluster.queue.left).isEmpty();
            assertThat(state(node, ALICE).lastSeenAt())
                    .as("the time before the end")
                    .isPositive();
        }
    }

    @Test
    void G13_tooManyUsersAtOnceAreRefused() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            List<UserId> most =
                    IntStream.range(0, 100).mapToObj(i -> UserId.of("u" + i)).toList();
            List<UserId> more =
                    IntStream.range(0, 101).mapToObj(i -> UserId.of("u" + i)).toList();

            assertThat(join(node.presence().online(ALICE, most))).isEmpty();
            assertThat(failure(node.presence().online(ALICE, more))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(join(node.presence().states(ALICE, most))).hasSize(100);
            assertThat(failure(node.presence().states(ALICE, more))).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }
}
