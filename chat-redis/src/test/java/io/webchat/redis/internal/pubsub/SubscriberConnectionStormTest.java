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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users come and go at random while the connection is killed again and again. */
@ExtendWith(RedisServers.class)
final class SubscriberConnectionStormTest {
    private static final int USERS = 300;
    private static final int THREADS = 4;
    private static final Duration TIME = Duration.ofSeconds(3);

    /** A listener that was subscribed, and the stage of that. */
    private record Made(RecordingListener ears, CompletableFuture<Subscription> subscription) {}

    /** A user, the listeners that are there now, and what has to be over before it is quiet. */
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

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123})
    void G5_whatever_came_and_went_who_is_wanted_hears_and_nobody_else(long seed, RedisServer server) {
        List<User> users = IntStream.range(0, USERS).mapToObj(User::new).toList();
        try (TestSubscriptions node = TestSubscriptions.through(server.port(), server, Duration.ofSeconds(20))) {
            storm(seed, server, node, users);
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
        // The last kill may still be under way.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(TestSubscriptions.counts(server, names)).isEqualTo(wanted));
    }

    private static void storm(long seed, RedisServer server, TestSubscriptions node, List<User> users) {
        long end = System.nanoTime() + TIME.toNanos();
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
                // Lets the connection get somewhere: most changes are made while it is busy with others.
                var unused = users.get(number).work.stream()
                        .map(each -> each.toCompletableFuture().handle((done, failure) -> true))
                        .reduce((first, last) -> last)
                        .map(CompletableFuture::join);
            }
        }
    }
}
