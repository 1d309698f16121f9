package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Threads that push the numbers 0, 1, 2, … to lists of their own, with many calls under way. */
final class ClusterPushTraffic implements AutoCloseable {
    private static final int UNDER_WAY = 64;

    private final ClusterFixture client;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private final Map<String, List<Integer>> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /**
     * Starts a thread for each row of keys.
     *
     * @param seed decides the order in which a thread uses its keys
     */
    ClusterPushTraffic(ClusterFixture client, long seed, List<List<String>> keys) {
        this.client = client;
        for (List<String> each : keys) {
            Random random = new Random(seed + running.size());
            running.add(CompletableFuture.runAsync(() -> push(each, random), threads));
        }
    }

    private void push(List<String> keys, Random random) {
        int[] next = new int[keys.size()];
        Semaphore room = new Semaphore(UNDER_WAY);
        while (!stopped) {
            room.acquireUninterruptibly();
            int index = random.nextInt(next.length);
            String key = keys.get(index);
            int number = next[index]++;
            var unused = client.push(key, number).whenComplete((length, failure) -> {
                if (failure == null) {
                    acknowledged.computeIfAbsent(key, any -> new ArrayList<>()).add(number);
                } else {
                    failures.add(failure);
                }
                room.release();
            });
        }
        room.acquireUninterruptibly(UNDER_WAY);
    }

    int acknowledged() {
        return acknowledged.values().stream().mapToInt(List::size).sum();
    }

    int failures() {
        return failures.size();
    }

    /** Stops, and checks that every list contains exactly the acknowledged numbers, in order. */
    void stopAndCheckNothingFailed() {
        stop();
        assertThat(failures).as("failed calls").isEmpty();
        acknowledged.forEach(
                (key, numbers) -> assertThat(client.list(key)).as(key).containsExactlyElementsOf(numbers));
        acknowledged.values().forEach(numbers -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
    }

    /**
     * Stops, and checks that every list is in order. A call that was sent over a lost connection may have taken effect
     * twice. A change that a dead master had not replicated is lost.
     */
    void stopAndCheckOrder() {
        stop();
        acknowledged.forEach((key, numbers) -> {
            assertThat(numbers).as("acknowledged of " + key).isSorted().doesNotHaveDuplicates();
            assertThat(List.copyOf(new LinkedHashSet<>(client.list(key))))
                    .as(key)
                    .isSorted();
        });
    }

    private void stop() {
        stopped = true;
        running.forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
