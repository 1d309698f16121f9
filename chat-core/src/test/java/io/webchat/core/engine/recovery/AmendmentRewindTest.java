package io.webchat.core.engine.recovery;

import io.webchat.core.contract.MovableClock;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.memory.RewindableQueue;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link AmendmentFaultsTest}, with queues that go back to an older state, and with resends long after. */
public class AmendmentRewindTest {
    private final MovableClock clock = MovableClock.running();
    private final RewindableQueue queue = new RewindableQueue(QueueLimits.DEFAULT, clock);

    /** Five seeds, or as many as the property {@code rounds} says. */
    static Stream<Long> seeds() {
        return new Random().longs(Integer.getInteger("rounds", 5)).boxed();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void G17_everyoneConvergesOverLossesAndLateResends(long seed) {
        run(seed, 100, List.of(queue::lose, this::waitShortly, this::waitLong));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("model")
    @Tag("full")
    void G17_everyoneConvergesOverRewindsInALongRun(long seed) {
        run(seed, 400, List.of(queue::save, queue::goBack, queue::lose, this::waitShortly, this::waitLong));
    }

    private void waitShortly() {
        clock.advance(Duration.ofSeconds(30));
    }

    private void waitLong() {
        clock.advance(Duration.ofMinutes(15));
    }

    private void run(long seed, int steps, List<Runnable> disasters) {
        Random random = new Random(seed + 1);
        TestCluster cluster = new TestCluster(new MemoryBackends(queue));
        new AmendmentModel(seed, clock, () -> strike(disasters, random)).run(cluster, steps);
    }

    private static void strike(List<Runnable> disasters, Random random) {
        Runnable disaster = disasters.get(random.nextInt(disasters.size()));
        disaster.run();
    }
}
