package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The confirm script moves the cursor of a device and removes events that all devices confirmed. */
@ExtendWith(RedisServers.class)
final class ConfirmScriptTest {
    private static final long MAX_SEQ = (1L << 53) - 1;

    private final ScriptedQueue queue;

    ConfirmScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    private String device(String name) {
        return String.valueOf(queue.ask("HGET", "c", name));
    }

    @Test
    void confirming_creates_no_queue() {
        assertThat(queue.confirm("phone", 5)).isEqualTo(0L);
        assertThat(queue.keys()).isEmpty();
    }

    @Test
    void confirming_creates_no_device() {
        queue.attach("phone", 0);
        queue.fill(2);

        assertThat(queue.confirm("laptop", queue.meta("next") - 1)).isEqualTo(0L);
        assertThat(queue.number("HLEN", "c")).isEqualTo(1);
        assertThat(queue.number("LLEN", "q")).isEqualTo(2);
    }

    @Test
    void G6_confirmed_events_are_removed_from_the_head() {
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");
        String generation = device("phone").split(":", -1)[1];

        assertThat(queue.confirm("phone", next - 2)).isEqualTo(1L);
        assertThat(device("phone")).startsWith((next - 2) + ":" + generation + ":");
        assertThat(queue.number("LLEN", "q")).isEqualTo(1);
        assertThat(queue.meta("next")).isEqualTo(next);
    }

    @Test
    void G6_events_stay_until_the_slowest_device_confirms() {
        for (int i = 0; i < 10; i++) {
            queue.attach("device" + i, 0);
        }
        queue.fill(10);
        long next = queue.meta("next");
        for (int i = 9; i >= 0; i--) {
            assertThat(queue.number("LLEN", "q")).isEqualTo(10);
            queue.confirm("device" + i, next - 10 + i);
        }

        assertThat(queue.number("LLEN", "q")).isEqualTo(9);
    }

    @Test
    void an_unknown_Seq_only_updates_the_last_time() {
        queue.attach("phone", 0);
        queue.fill(2);
        queue.advance(Duration.ofHours(1));
        String before = device("phone");
        for (long seq : new long[] {0, queue.meta("next"), MAX_SEQ}) {
            assertThat(queue.confirm("phone", seq)).isEqualTo(1L);
            assertThat(queue.number("LLEN", "q")).isEqualTo(2);
        }

        assertThat(device("phone").split(":", -1)[0]).isEqualTo(before.split(":", -1)[0]);
        assertThat(device("phone")).isNotEqualTo(before);
    }

    @Test
    void large_Seqs_keep_every_digit() {
        queue.attach("phone", 0);
        long next = (1L << 53) - 2;
        queue.ask("HSET", "m", "next", Long.toString(next));
        queue.fill(1);
        queue.confirm("phone", next);

        assertThat(device("phone")).startsWith(next + ":");
        assertThat(queue.keys()).doesNotContain("q");
    }

    @Test
    void a_queue_survives_the_loss_of_its_list() {
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");
        queue.ask("DEL", "q");

        assertThat(queue.confirm("phone", next - 2)).isEqualTo(1L);
        assertThat(queue.append(ScriptedQueue.message("hello")).get(1)).isEqualTo(next);
        assertThat(queue.number("LLEN", "q")).isEqualTo(1);
    }

    @Test
    void confirming_renews_the_expiry() {
        queue.attach("phone", 0);
        queue.ask("PEXPIRE", "c", "1000000");
        queue.advance(Duration.ofHours(25));
        queue.confirm("phone", 0);

        assertThat(queue.ttl("c")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
    }
}
