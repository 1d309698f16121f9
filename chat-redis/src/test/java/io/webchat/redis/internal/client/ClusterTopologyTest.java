package io.webchat.redis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConfigBuilder;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the host supplies may fail as it likes; moves are followed afterwards. */
final class ClusterTopologyTest {
    private static final int SLOT = 42;

    private static ClusterSetup cluster;

    @BeforeAll
    static void start() {
        RedisServers.assumeOwnServers();
        cluster = ClusterSetup.start(RedisServer.builder().password("secret"), false);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** A supplier of the password, or a listener, that fails for a while. */
    private static final class Moody {
        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean failing;

        String password() {
            check(new IllegalStateException("the secret store is away"));
            return "secret";
        }

        void listen() {
            if (failing) {
                Thread.currentThread().interrupt();
            }
            check(new NoClassDefFoundError("from a test"));
        }

        private <T extends Throwable> void check(T failure) throws T {
            if (failing) {
                failures.incrementAndGet();
                throw failure;
            }
        }
    }

    private static RedisConfigBuilder config() {
        return RedisConfig.builder(cluster.url());
    }

    @Test
    void aMoveIsFollowedAfterThePasswordWasNotToBeHad() {
        Moody moody = new Moody();
        try (ClusterTopology topology = new ClusterTopology(
                TestConfigs.settings(config().password(moody::password).build()))) {
            checkThatMovesAreFollowed(topology, moody);
        }
    }

    @Test
    void aMoveIsFollowedAfterAnError() {
        Moody moody = new Moody();
        try (ClusterTopology topology = new ClusterTopology(TestConfigs.settings(config().build()))) {
            topology.listen(moody::listen);
            checkThatMovesAreFollowed(topology, moody);
        }
    }

    private static void checkThatMovesAreFollowed(ClusterTopology topology, Moody moody) {
        topology.start();
        int from = cluster.ownerOf(SLOT);
        await().until(() -> owns(topology, from));

        moody.failing = true;
        topology.refresh();
        await().until(() -> moody.failures.get() > 3);
        int to = (from + 1) % 3;
        cluster.migrateSlot(SLOT, from, to);
        moody.failing = false;

        // Nobody asks for it, and a calm topology takes a minute.
        await().atMost(Duration.ofSeconds(5)).until(() -> owns(topology, to));
    }

    private static boolean owns(ClusterTopology topology, int node) {
        return ClusterFixture.address(cluster.node(node)).equals(topology.owner(SLOT));
    }

    @Test
    void noSocketIsLeftBehindByALoginWithoutPassword() {
        Moody moody = new Moody();
        RedisConfig config = config().password(moody::password).build();
        String before = clients();
        moody.failing = true;
        try (ClusterTopology topology = new ClusterTopology(TestConfigs.settings(config))) {
            topology.start();
            await().until(() -> moody.failures.get() > 20);
        }
        await().untilAsserted(() -> assertThat(clients()).isEqualTo(before));
    }

    private static String clients() {
        return String.valueOf(cluster.node(0).info("clients").get("connected_clients"));
    }
}
