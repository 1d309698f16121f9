package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.SharedCluster;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.testing.ClusterSetup;
import io.webchat.redis.testing.MigrationStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Calls keep their order and succeed while the slot of their key moves to another master. */
@Tag("cluster")
class ClusterMigrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ClusterSetup cluster;
    private ClusterFixture client;
    private String tag;
    private int slot;

    @BeforeAll
    static void start() {
        SharedCluster.assume();
        cluster = SharedCluster.get();
    }

    @BeforeEach
    void open(TestInfo test) {
        client = ClusterFixture.of(cluster);
        tag = "{" + test.getDisplayName() + test.getTestMethod().orElseThrow().getName() + "}";
        slot = JedisClusterCRC16.getSlot(tag);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private List<List<String>> keys(int threads, int keysOfEach) {
        return IntStream.range(0, threads)
                .mapToObj(thread -> IntStream.range(0, keysOfEach)
                        .mapToObj(key -> tag + thread + "-" + key)
                        .toList())
                .toList();
    }

    private void migrate() {
        int from = cluster.ownerOf(slot);
        cluster.migrateSlot(slot, from, (from + 1) % 3);
    }

    @Test
    void callsKeepTheirOrderWhileTheSlotMoves() {
        moveTheSlotUnderTraffic(1, 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("model")
    @Tag("full")
    void callsKeepTheirOrderWhileTheSlotMovesManyTimes(long seed) {
        moveTheSlotUnderTraffic(seed, 20);
    }

    private void moveTheSlotUnderTraffic(long seed, int moves) {
        Random random = new Random(seed);
        try (ClusterPushTraffic traffic = new ClusterPushTraffic(client, seed, keys(3, 5))) {
            for (int i = 0; i < moves; i++) {
                int from = cluster.ownerOf(slot);
                int to = (from + 1 + random.nextInt(2)) % 3;
                int before = traffic.acknowledged();
                cluster.migrateSlot(slot, from, to, step -> {
                    if (random.nextInt(10) == 0) {
                        await().until(() -> traffic.acknowledged() > before + 10);
                    }
                });
            }
            traffic.stopAndCheckNothingFailed();
        }
    }

    @Test
    void callsAboutOtherSlotsDoNotWait() {
        int from = cluster.ownerOf(slot);
        client.push(tag + "a", 1).join();
        CompletableFuture<?>[] held = new CompletableFuture<?>[1];
        cluster.migrateSlot(slot, from, (from + 1) % 3, step -> {
            if (step == MigrationStep.MIGRATING) {
                held[0] = client.send(Command.SINTER, tag + "x", tag + "a");
                for (int i = 0; i < 50; i++) {
                    assertThat(client.push("{" + i + "}" + tag, i)).succeedsWithin(PATIENCE);
                }
                assertThat(held[0]).isNotDone();
            }
        });
        assertThat(held[0]).failsWithin(PATIENCE).withThrowableThat().havingCause();
    }

    @Test
    void callsAboutOneKeySucceedDuringAMigration() {
        IntStream.range(0, 25).forEach(i -> client.push(tag + i, 0).join());
        int from = cluster.ownerOf(slot);
        int[] batches = new int[1];
        cluster.migrateSlot(slot, from, (from + 1) % 3, step -> {
            if (step == MigrationStep.BATCH_MOVED && batches[0]++ == 0) {
                List<CompletableFuture<Object>> pushes = IntStream.range(0, 300)
                        .mapToObj(i -> client.push(tag + i % 30, 1 + i / 30))
                        .toList();
                pushes.forEach(each -> assertThat(each).succeedsWithin(PATIENCE));
            }
        });
        IntStream.range(0, 30)
                .forEach(i -> assertThat(client.list(tag + i))
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .hasSize(i < 25 ? 11 : 10));
    }

    @Test
    void scriptsWithSeveralKeysWaitForTheMigrationInOrder() {
        String script = "redis.call('SET', KEYS[1], 'x') return redis.call('RPUSH', KEYS[2], ARGV[1])";
        client.send(Command.SET, tag + "a", "x").join();
        client.push(tag + "b", 0).join();
        int from = cluster.ownerOf(slot);
        List<CompletableFuture<Object>> held = new ArrayList<>();
        cluster.migrateSlot(slot, from, (from + 1) % 3, step -> {
            if (step == MigrationStep.MIGRATING) {
                cluster.node(from)
                        .command(
                                "MIGRATE",
                                "127.0.0.1",
                                String.valueOf(cluster.node((from + 1) % 3).port()),
                                tag + "a",
                                "0",
                                "1000");
                for (int i = 1; i <= 20; i++) {
                    held.add(client.commands.send(eval(script, i)));
                }
                await().during(Duration.ofMillis(300)).until(() -> held.stream().noneMatch(CompletableFuture::isDone));
                // Redis could carry it out at once, but it has to wait for the earlier calls about the same list.
                held.add(client.push(tag + "b", 21));
                await().during(Duration.ofMillis(300)).until(() -> held.stream().noneMatch(CompletableFuture::isDone));
            }
        });
        held.forEach(each -> assertThat(each).succeedsWithin(PATIENCE));
        assertThat(client.list(tag + "b"))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 21).boxed().toList());
    }

    private RedisCommand eval(String script, int number) {
        return RedisCommand.of(
                ClusterFixture.bytes(tag),
                Command.EVAL,
                ClusterFixture.bytes(script),
                ClusterFixture.bytes("2"),
                ClusterFixture.bytes(tag + "a"),
                ClusterFixture.bytes(tag + "b"),
                ClusterFixture.bytes(Integer.toString(number)));
    }

    @Test
    void aCallThatWaitsTooLongFails() {
        Duration timeout = Duration.ofMillis(500);
        client.push(tag + "a", 1).join();
        int from = cluster.ownerOf(slot);
        cluster.migrateSlot(slot, from, (from + 1) % 3, step -> {
            if (step == MigrationStep.MIGRATING) {
                try (ClusterFixture impatient = ClusterFixture.of(cluster, timeout)) {
                    assertFailsAfter(timeout, impatient);
                }
            }
        });
        assertThat(client.push(tag + "a", 2)).succeedsWithin(PATIENCE);
    }

    private void assertFailsAfter(Duration timeout, ClusterFixture impatient) {
        long began = System.nanoTime();
        RedisCommand call = RedisCommand.of(
                ClusterFixture.bytes(tag),
                Command.EXISTS,
                ClusterFixture.bytes(tag + "a"),
                ClusterFixture.bytes(tag + "b"));
        assertThatThrownBy(() -> impatient.commands.send(call).join())
                .isInstanceOf(CompletionException.class)
                .extracting(Throwable::getCause)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(timeout.minusMillis(100), timeout.plus(PATIENCE));
    }

    @Test
    @Tag("full")
    void callsKeepTheirOrderWhileManySlotsMove() {
        List<String> tags =
                IntStream.range(0, 40).mapToObj(i -> "{storm" + i + "}").toList();
        List<List<String>> keys = List.of(tags.subList(0, 20), tags.subList(20, 40));
        try (ClusterPushTraffic traffic = new ClusterPushTraffic(client, 7, keys)) {
            for (String each : tags) {
                int its = JedisClusterCRC16.getSlot(each);
                int from = cluster.ownerOf(its);
                cluster.migrateSlot(its, from, (from + 1) % 3);
            }
            traffic.stopAndCheckNothingFailed();
        }
    }

    @Test
    void oneKnownNodeIsEnough() {
        migrate();
        try (ClusterFixture other = new ClusterFixture(List.of(ClusterFixture.address(cluster.node(2))), PATIENCE)) {
            for (int i = 0; i < 30; i++) {
                assertThat(other.push("{" + i + "}one", i)).succeedsWithin(PATIENCE);
            }
        }
    }
}
