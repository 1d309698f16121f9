package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.Page;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application sees who is connected to this node, page by page, and to any node, for many users at once. */
public class HostPresenceTest extends EngineSuite {
    private static List<UserId> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> UserId.of("u" + i)).toList();
    }

    @Test
    void theUsersOfOneNodeAreListedPageByPage() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            List.of("dave", "bob", "carol", "alice").forEach(each -> TestClient.open(node, each));
            TestClient.open(cluster.node(), "zoe");

            Page<UserId> first = join(node.host().online("", 3));
            Page<UserId> rest = join(node.host().online(first.next().orElseThrow(), 3));

            assertThat(first.items()).extracting(UserId::value).containsExactly("alice", "bob", "carol");
            assertThat(rest.items()).extracting(UserId::value).containsExactly("dave");
            assertThat(rest.next()).isEmpty();
        }
    }

    @Test
    void G16_theHostSeesThousandUsersOnAllNodesAtOnceWhomeverTheyBlocked() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient.open(node, "u3");
            TestClient.open(cluster.node(), "u999");
            join(node.profiles().block(UserId.of("u3"), UserId.of("u1")));

            assertThat(join(node.host().online(users(1000))))
                    .containsExactlyInAnyOrder(UserId.of("u3"), UserId.of("u999"));
        }
    }

    @Test
    void G13_badRequestsAreRefused() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();

            assertThat(failure(node.host().online(users(1001)))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(node.host().online("", 0))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(node.host().online("", 1001))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(node.host().online("no cursor!", 9))).isEqualTo(ErrorCode.BAD_REQUEST);
        }
    }
}
