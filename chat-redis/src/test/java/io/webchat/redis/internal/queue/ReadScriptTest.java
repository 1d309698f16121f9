package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RedisServers.class)
final class ReadScriptTest {
    private static final long MAX_SEQ = (1L << 53) - 1;

    private final ScriptedQueue queue;

    ReadScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @Test
    void reading_where_there_is_no_queue_makes_none() {
        List<?> reply = queue.read(0, 10);

        assertThat(reply.get(0)).isEqualTo(reply.get(1));
        assertThat(reply.subList(2, 4)).isEqualTo(List.of(0L, List.of()));
        assertThat(queue.keys()).isEmpty();
    }

    @Test
    void the_events_are_the_elements_as_they_are() {
        queue.fill(4);
        long next = queue.meta("next");

        assertThat(queue.read(next - 4, 2)).isEqualTo(List.of(next - 4, next, 0L, List.of(element(1), element(2))));
    }

    private Object element(int index) {
        return String.valueOf(queue.ask("LINDEX", "q", Integer.toString(index)));
    }

    @Test
    void absurd_places_and_limits_are_harmless() {
        queue.fill(3);

        assertThat((List<?>) queue.read(0, Integer.MAX_VALUE).get(3)).hasSize(3);
        assertThat((List<?>) queue.read(MAX_SEQ, Integer.MAX_VALUE).get(3)).isEmpty();
        assertThat((List<?>) queue.read(0, 0).get(3)).isEmpty();
    }

    @Test
    void a_list_that_is_gone_is_a_gap() {
        queue.fill(3);
        long next = queue.meta("next");
        queue.ask("DEL", "q");

        assertThat(queue.read(next - 3, 10)).isEqualTo(List.of(next, next, 0L, List.of()));
    }

    @Test
    void nothing_is_written_while_nothing_is_due() {
        queue.attach("phone", 0);
        queue.fill(3);
        for (String each : queue.keys()) {
            queue.ask("PEXPIRE", each, "1000000");
        }
        Object before = queue.ask("HGETALL", "m");
        queue.read(0, 10);

        assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
        assertThat(queue.ttl("q")).isLessThan(1_000_001);
    }

    @Test
    void reading_goes_on_where_writes_are_refused(RedisServer own) {
        ScriptedQueue there = new ScriptedQueue(own.endpoint());
        there.fill(3);
        long next = there.meta("next");
        long due = there.meta("due");
        there.advance(Duration.ofDays(3));
        own.command("CONFIG", "SET", "min-replicas-to-write", "1");

        assertThat((List<?>) there.read(0, 10).get(3)).hasSize(3);
        assertThat(there.meta("due")).isEqualTo(due);
        own.command("CONFIG", "SET", "min-replicas-to-write", "0");
        assertThat(there.read(0, 10).subList(0, 2)).isEqualTo(List.of(next - 3, next));
        assertThat(there.meta("due")).isGreaterThan(due);
    }

    @Test
    void a_server_that_has_become_a_replica_says_so_once_upkeep_is_due(RedisServer own) {
        ScriptedQueue there = new ScriptedQueue(own.endpoint());
        there.fill(3);
        there.advance(Duration.ofDays(3));
        own.command("REPLICAOF", "127.0.0.1", "1");

        assertThatThrownBy(() -> there.read(0, 10)).hasMessageStartingWith("READONLY");
    }

    @Test
    void thousands_of_old_events_go_in_one_step() {
        queue.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofDays(2)));
        queue.fill(1);
        String event = String.valueOf(queue.ask("LINDEX", "q", "0"));
        long next = queue.meta("next");
        int copies = 5_000;
        String[] more = new String[copies];
        Arrays.fill(more, event);
        queue.ask("RPUSH", "q", more);
        queue.ask("HSET", "m", "next", Long.toString(next + copies));
        queue.advance(Duration.ofDays(3));

        assertThat(queue.read(0, 10)).isEqualTo(List.of(next + copies, next + copies, 0L, List.of()));
        assertThat(queue.keys()).doesNotContain("q");
    }

    @Test
    void an_age_far_shorter_than_the_others_holds_too() {
        queue.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofHours(1)));
        queue.attach("phone", 0);
        queue.fill(1);
        queue.advance(Duration.ofMinutes(61));

        assertThat((List<?>) queue.read(0, 10).get(3)).isEmpty();
    }
}
