package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
    void confirming_where_there_is_no_queue_makes_none() {
        assertThat(queue.confirm("phone", 5)).isEqualTo(0L);
        assertThat(queue.keys()).isEmpty();
    }

    @Test
    void a_device_that_is_not_known_stays_so() {
        queue.attach("phone", 0);
        queue.fill(2);

        assertThat(queue.confirm("laptop", queue.meta("next") - 1)).isEqualTo(0L);
        assertThat(queue.number("HLEN", "c")).isEqualTo(1);
        assertThat(queue.number("LLEN", "q")).isEqualTo(2);
    }

    @Test
    void G6_the_cursor_moves_and_the_head_goes() {
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
    void G6_the_slowest_of_many_devices_decides() {
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
    void a_Seq_that_never_existed_is_a_sign_of_life_only() {
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
    void a_list_that_is_gone_does_no_harm() {
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");
        queue.ask("DEL", "q");

        assertThat(queue.confirm("phone", next - 2)).isEqualTo(1L);
        assertThat(queue.append(ScriptedQueue.message("hello")).get(1)).isEqualTo(next);
        assertThat(queue.number("LLEN", "q")).isEqualTo(1);
    }

    @Test
    void confirming_keeps_the_keys_alive() {
        queue.attach("phone", 0);
        queue.ask("PEXPIRE", "c", "1000000");
        queue.advance(Duration.ofHours(25));
        queue.confirm("phone", 0);

        assertThat(queue.ttl("c")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
    }
}
