package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConfigBuilder;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The topology follows moved slots again after the host's password supplier or listener has failed. */
@Tag("cluster")
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

    /** A password supplier and listener that fail while {@code failing} is set. */
    private static final class Failing {
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
    void movesAreFollowedAfterThePasswordSupplierFailed() {
        Failing host = new Failing();
        try (ClusterTopology topology = new ClusterTopology(
                TestConfigs.settings(config().password(host::password).build()))) {
            checkThatMovesAreFollowed(topology, host);
        }
    }

    @Test
    void movesAreFollowedAfterAListenerFailed() {
        Failing host = new Failing();
        try (ClusterTopology topology = new ClusterTopology(TestConfigs.settings(config().build()))) {
            topology.listen(host::listen);
            checkThatMovesAreFollowed(topology, host);
        }
    }

    private static void checkThatMovesAreFollowed(ClusterTopology topology, Failing host) {
        topology.start();
        int from = cluster.ownerOf(SLOT);
        await().until(() -> owns(topology, from));

        host.failing = true;
        topology.refresh();
        await().until(() -> host.failures.get() > 3);
        int to = (from + 1) % 3;
        cluster.migrateSlot(SLOT, from, to);
        host.failing = false;

        // Nothing requests a refresh here, and the regular refresh takes place once a minute.
        await().until(() -> owns(topology, to));
    }

    private static boolean owns(ClusterTopology topology, int node) {
        return ClusterFixture.address(cluster.node(node)).equals(topology.owner(SLOT));
    }

    @Test
    void aFailedLoginLeavesNoSocket() {
        Failing host = new Failing();
        RedisConfig config = config().password(host::password).build();
        String before = clients();
        host.failing = true;
        try (ClusterTopology topology = new ClusterTopology(TestConfigs.settings(config))) {
            topology.start();
            await().until(() -> host.failures.get() > 8);
        }
        await().untilAsserted(() -> assertThat(clients()).isEqualTo(before));
    }

    private static String clients() {
        return String.valueOf(cluster.node(0).info("clients").get("connected_clients"));
    }
}
