package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.Subscription;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random subscriptions and cancellations end as wanted although the connection is killed again and again. */
@ExtendWith(RedisServers.class)
final class SubscriberConnectionStormTest {
    private static final int USERS = 300;
    private static final int THREADS = 4;

    /** A listener and its subscription. */
    private record Made(RecordingListener ears, CompletableFuture<Subscription> subscription) {}

    /** A channel, its present listeners, and all stages that have to complete. */
    private static final class User {
        private final String channel;
        private final Deque<Made> there = new ArrayDeque<>();
        private final List<CompletionStage<?>> work = new ArrayList<>();

        User(int number) {
            channel = "user-" + number;
        }

        void change(Random random, TestSubscriptions node) {
            if (there.size() < 3 && random.nextBoolean()) {
                RecordingListener ears = new RecordingListener();
                Made made = new Made(ears, node.subscribe(channel, ears));
                there.add(made);
                work.add(made.subscription());
            } else if (!there.isEmpty()) {
                Made gone = random.nextBoolean() ? there.removeFirst() : there.removeLast();
                work.add(gone.subscription().thenCompose(Subscription::cancel));
            }
        }
    }

    @Test
    void G5_only_present_listeners_hear_messages_after_a_storm(RedisServer server) {
        storm(1, Duration.ofMillis(700), server);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123})
    @Tag("model")
    @Tag("full")
    void G5_only_present_listeners_hear_messages_after_a_long_storm(long seed, RedisServer server) {
        storm(seed, Duration.ofSeconds(3), server);
    }

    private static void storm(long seed, Duration time, RedisServer server) {
        List<User> users = IntStream.range(0, USERS).mapToObj(User::new).toList();
        try (TestSubscriptions node = TestSubscriptions.through(server.port(), server, Duration.ofSeconds(20))) {
            changeAtRandom(seed, time, server, node, users);
            users.forEach(user -> user.work.forEach(TestSubscriptions::answer));

            assertCounts(server, users);
            for (User each : users) {
                node.publish(each.channel, "afterwards");
                each.there.forEach(made -> made.ears().awaitHeard("afterwards"));
            }
        }
    }

    private static void assertCounts(RedisServer server, List<User> users) {
        List<Long> wanted =
                users.stream().map(each -> each.there.isEmpty() ? 0L : 1L).toList();
        List<String> names = users.stream().map(each -> each.channel).toList();
        // The last kill may not have taken effect yet.
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(TestSubscriptions.counts(server, names)).isEqualTo(wanted));
    }

    private static void changeAtRandom(
            long seed, Duration time, RedisServer server, TestSubscriptions node, List<User> users) {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Void>> all = IntStream.range(0, THREADS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> changes(seed + i, i, end, node, users), pool))
                    .toList();
            while (System.nanoTime() < end) {
                server.command("CLIENT", "KILL", "TYPE", "pubsub");
            }
            all.forEach(CompletableFuture::join);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void changes(long seed, int thread, long end, TestSubscriptions node, List<User> users) {
        Random random = new Random(seed);
        while (System.nanoTime() < end) {
            int number = random.nextInt(USERS / THREADS) * THREADS + thread;
            users.get(number).change(random, node);
            if (random.nextInt(50) == 0) {
                // Let the connection finish some changes: most changes happen while it is busy with others.
                var unused = users.get(number).work.stream()
                        .map(each -> each.toCompletableFuture().handle((done, failure) -> true))
                        .reduce((first, last) -> last)
                        .map(CompletableFuture::join);
            }
        }
    }
}
