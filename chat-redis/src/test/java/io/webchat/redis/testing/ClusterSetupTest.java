package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster serves all slots, moves one while clients use it, and survives the loss of a master or of its data. */
@ExtendWith(RedisServers.class)
@Tag("cluster")
final class ClusterSetupTest {
    private static final int SLOT = JedisClusterCRC16.getSlot("{u:alice}");

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    @Test
    void theMastersServeAllSlots() {
        try (ClusterSetup cluster = ClusterSetup.start()) {
            assertThat(List.of(0, 5_460, 5_461, 10_921, 10_922, 16_383))
                    .extracting(cluster::ownerOf)
                    .containsExactly(0, 0, 1, 1, 2, 2);
            assertThat(cluster.url()).matches("redis-cluster://127.0.0.1:\\d+,127.0.0.1:\\d+,127.0.0.1:\\d+");
        }
    }

    @Test
    void aSlotMovesStepByStep() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder().user("chat", "secret"), false)) {
            int owner = cluster.ownerOf(SLOT);
            int next = (owner + 1) % 3;
            for (int i = 0; i < 25; i++) {
                cluster.node(owner).command("SET", "{u:alice}" + i, "value");
            }
            List<MigrationStep> steps = new ArrayList<>();

            cluster.migrateSlot(SLOT, owner, next, step -> {
                steps.add(step);
                if (step == MigrationStep.MIGRATING) {
                    assertThatThrownBy(() -> cluster.node(owner).command("GET", "{u:alice}none"))
                            .isInstanceOf(JedisAskDataException.class);
                }
            });

            assertThat(steps)
                    .containsExactly(
                            MigrationStep.IMPORTING,
                            MigrationStep.MIGRATING,
                            MigrationStep.BATCH_MOVED,
                            MigrationStep.BATCH_MOVED,
                            MigrationStep.BATCH_MOVED,
                            MigrationStep.ASSIGNED);
            assertThat(cluster.ownerOf(SLOT)).isEqualTo(next);
            assertThatThrownBy(() -> cluster.node(owner).command("GET", "{u:alice}0"))
                    .isInstanceOf(JedisMovedDataException.class)
                    .hasMessageContaining(Integer.toString(cluster.node(next).port()));
            assertThat(cluster.node(next).command("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(SLOT)))
                    .isEqualTo(25L);
        }
    }

    @Test
    @Tag("process")
    @Tag("full")
    void aLossOfDataKeepsTheSlots(ClusterSetup cluster) {
        RedisServer owner = cluster.node(cluster.ownerOf(SLOT));
        owner.command("SET", "{u:alice}", "value");

        cluster.loseData();

        assertThat(cluster.node(cluster.ownerOf(SLOT))).isSameAs(owner);
        assertThat(owner.command("GET", "{u:alice}")).isNull();
        assertThat(owner.command("SET", "{u:alice}", "value")).isEqualTo("OK");
    }

    @Test
    @Tag("process")
    @Tag("full")
    void aReplicaReplacesADeadMaster() {
        try (ClusterSetup cluster = ClusterSetup.start(RedisServer.builder().password("secret"), true)) {
            assertThat(cluster.nodes()).hasSize(6);
            int owner = cluster.ownerOf(SLOT);

            cluster.node(owner).kill();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cluster.ownerOf(SLOT) == owner + 3);
            cluster.awaitOk();
            assertThat(cluster.node(owner + 3).command("SET", "{u:alice}", "value"))
                    .isEqualTo("OK");
        }
    }
}
