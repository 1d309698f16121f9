package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The queue in Redis gives the same answers as the queue in memory to random sequences of calls. A failure names its
 * seed. To reproduce it, add the seed to the seeds below.
 */
@ExtendWith(RedisServers.class)
final class QueueModelTest {
    private static final int STEPS = 600;

    /** Small, so that random steps reach the limits. No sum of whole minutes is equal to one of the durations. */
    private static final QueueLimits SMALL = QueueLimits.DEFAULT
            .withMaxEvents(12)
            .withMaxAge(Duration.ofMinutes(200).plusSeconds(30))
            .withDeviceAge(Duration.ofMinutes(150).plusSeconds(30))
            .withDedupeWindow(Duration.ofMinutes(60).plusSeconds(30))
            .withMaxDevices(3);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_124})
    @Tag("model")
    @Tag("full")
    void answers_equal_those_of_the_queue_in_memory(long seed, RedisEndpoint shared) {
        run(seed, shared);
    }

    @Test
    @Tag("model")
    void answers_equal_those_of_the_queue_in_memory_for_a_random_seed(RedisEndpoint shared) {
        run(ThreadLocalRandom.current().nextLong(), shared);
    }

    private static void run(long seed, RedisEndpoint shared) {
        try (QueueBackend backend = new QueueBackend(shared, SMALL)) {
            QueuePair pair = new QueuePair(seed, backend, SMALL);
            for (int step = 0; step < STEPS; step++) {
                pair.step();
            }
            assertThat(pair.stored()).as("events stored with seed %s", seed).isGreaterThan(100);
        }
    }
}
