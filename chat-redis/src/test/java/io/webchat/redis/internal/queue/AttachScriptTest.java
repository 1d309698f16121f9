package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The attach script stores the cursor of a device and forgets devices that are no longer used. */
@ExtendWith(RedisServers.class)
final class AttachScriptTest {
    private final ScriptedQueue queue;

    AttachScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @Test
    void the_first_device_creates_the_queue() {
        List<?> reply = queue.attach("phone", 0);

        assertThat(queue.keys()).containsExactly("m", "c");
        assertThat(reply.get(0)).isEqualTo(queue.meta("next") - 1);
        assertThat(reply.get(2)).isEqualTo(1L);
        assertThat(queue.ttl("m")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        assertThat(queue.ttl("c")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
    }

    @Test
    void a_device_is_stored_with_cursor_generation_and_last_time() {
        List<?> reply = queue.attach("phone", 0);
        String micros = String.valueOf(reply.get(1));

        assertThat(queue.ask("HGETALL", "c")).isEqualTo(List.of("phone", reply.get(0) + ":" + micros + ":" + micros));
        assertThat(queue.encoding("c")).isEqualTo("listpack");
    }

    @Test
    void a_generation_ahead_of_the_clock_still_grows() {
        queue.attach("phone", 0);
        long ahead = (1L << 52) + 1;
        queue.ask("HSET", "c", "phone", "5:" + ahead + ":1790000000000000");

        assertThat(queue.attach("phone", 0).subList(0, 2)).isEqualTo(List.of(5L, ahead + 1));
    }

    @Test
    void the_expiry_is_renewed_after_a_thirtieth_of_it() {
        queue.attach("phone", 0);
        queue.fill(1);
        for (String each : queue.keys()) {
            queue.ask("PEXPIRE", each, "1000000");
        }
        queue.advance(Duration.ofHours(23));
        queue.attach("phone", 0);
        assertThat(queue.ttl("m")).isLessThan(1_000_001);
        queue.advance(Duration.ofHours(2));
        queue.attach("phone", 0);

        for (String each : List.of("m", "q", "c")) {
            assertThat(queue.ttl(each)).as(each).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        }
    }

    @Test
    void other_keys_are_deleted_if_the_queues_data_is_lost() {
        queue.attach("laptop", 0);
        queue.fill(3);
        queue.ask("DEL", "m");
        List<?> reply = queue.attach("phone", 0);

        assertThat(reply.get(2)).isEqualTo(1L);
        assertThat(reply.get(0)).isEqualTo(queue.meta("next") - 1);
        assertThat(queue.keys()).doesNotContain("q");
        assertThat(queue.append(ScriptedQueue.message("hello")).get(0)).isEqualTo(0L);
    }

    @Test
    void the_latest_devices_stay_if_the_limit_was_lowered() {
        for (int i = 0; i < 5; i++) {
            queue.attach("device" + i, 0);
        }
        queue.bounded(QueueLimits.DEFAULT.withMaxDevices(2));

        assertThat(queue.attach("phone", 0).get(2)).isEqualTo(2L);
        assertThat(queue.number("HEXISTS", "c", "device4")).isEqualTo(1);
    }

    @Test
    void devices_unseen_for_long_are_removed_from_the_hash() {
        queue.attach("laptop", 0);
        queue.advance(Duration.ofDays(31));

        assertThat(queue.attach("phone", 0).get(2)).isEqualTo(1L);
        assertThat(queue.number("HLEN", "c")).isEqualTo(1);
    }

    @Test
    void a_device_age_far_below_the_other_limits_applies() {
        queue.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofHours(1)));
        queue.fill(1);
        queue.attach("laptop", 0);
        queue.advance(Duration.ofMinutes(61));

        assertThat(queue.attach("phone", 0).get(2)).isEqualTo(1L);
    }
}
