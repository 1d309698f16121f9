package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A connected user is online for those whom the user knows and has not blocked, on every node. */
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
        }
    }
}
