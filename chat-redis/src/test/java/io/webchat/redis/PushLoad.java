package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/** Threads that append ascending numbers to lists of their own until they are stopped. */
final class PushLoad {
    private static final int THREADS = 6;
    private static final int KEYS = 3;
    private static final int IN_FLIGHT = 2_000;

    private final String name;
    private final BiFunction<String, Long, CompletableFuture<Object>> append;
    private final Map<String, Queue<Long>> answered = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore free = new Semaphore(IN_FLIGHT);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    PushLoad(String name, BiFunction<String, Long, CompletableFuture<Object>> append) {
        this.name = name;
        this.append = append;
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number), "load-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void run(int thread) {
        for (long next = 0; !stopped; next++) {
            for (int i = 0; i < KEYS; i++) {
                String key = name + ":" + thread + ":" + i;
                long number = next;
                free.acquireUninterruptibly();
                CompletableFuture<?> unused = append.apply(key, number).whenComplete((reply, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    } else {
                        answered.computeIfAbsent(key, it -> new ConcurrentLinkedQueue<>())
                                .add(number);
                    }
                    // Last, because stop() waits for all permits before the test looks at the answers.
                    free.release();
                });
            }
        }
    }

    /** Waits until this number of further calls is answered. */
    void awaitAnswers(int more) {
        long wanted = answers() + more;
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> answers() >= wanted);
    }

    long answers() {
        return answered.values().stream().mapToLong(Collection::size).sum();
    }

    /** Stops, and waits for all calls under way. */
    void stop() {
        stopped = true;
        threads.forEach(PushLoad::join);
        free.acquireUninterruptibly(IN_FLIGHT);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Collection<Throwable> failures() {
        return failures;
    }

    /** No call failed, and answers and effects are complete and in order. Effects may be repeated if allowed. */
    void assertInOrder(RedisEndpoint server, boolean repetitionsAllowed) {
        assertThat(failures).isEmpty();
        answered.forEach((key, numbers) -> {
            List<Long> expected = LongStream.range(0, numbers.size()).boxed().toList();
            assertThat(List.copyOf(numbers)).as("answers of " + key).isEqualTo(expected);
            List<Long> effects = TestCommands.numbers(server, key);
            assertThat(repetitionsAllowed ? List.copyOf(new LinkedHashSet<>(effects)) : effects)
                    .as("effects on " + key)
                    .isEqualTo(expected);
        });
    }

    /** The server has the effects of all answered calls. */
    void assertKept(RedisEndpoint server) {
        answered.forEach((key, numbers) ->
                assertThat(TestCommands.numbers(server, key)).as(key).containsAll(numbers));
    }
}
