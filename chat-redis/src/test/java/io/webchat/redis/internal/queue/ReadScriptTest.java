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

/** The read script returns stored events, and removes old ones when it is time. */
@ExtendWith(RedisServers.class)
final class ReadScriptTest {
    private static final long MAX_SEQ = (1L << 53) - 1;

    private final ScriptedQueue queue;

    ReadScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @Test
    void reading_creates_no_queue() {
        List<?> reply = queue.read(0, 10);

        assertThat(reply.get(0)).isEqualTo(reply.get(1));
        assertThat(reply.subList(2, 4)).isEqualTo(List.of(0L, List.of()));
        assertThat(queue.keys()).isEmpty();
    }

    @Test
    void events_are_returned_as_they_are_stored() {
        queue.fill(4);
        long next = queue.meta("next");

        assertThat(queue.read(next - 4, 2)).isEqualTo(List.of(next - 4, next, 0L, List.of(element(1), element(2))));
    }

    private Object element(int index) {
        return String.valueOf(queue.ask("LINDEX", "q", Integer.toString(index)));
    }

    @Test
    void extreme_positions_and_limits_are_harmless() {
        queue.fill(3);

        assertThat((List<?>) queue.read(0, Integer.MAX_VALUE).get(3)).hasSize(3);
        assertThat((List<?>) queue.read(MAX_SEQ, Integer.MAX_VALUE).get(3)).isEmpty();
        assertThat((List<?>) queue.read(0, 0).get(3)).isEmpty();
    }

    @Test
    void a_lost_list_is_a_gap() {
        queue.fill(3);
        long next = queue.meta("next");
        queue.ask("DEL", "q");

        assertThat(queue.read(next - 3, 10)).isEqualTo(List.of(next, next, 0L, List.of()));
    }

    @Test
    void a_read_before_the_upkeep_is_due_writes_nothing() {
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
    void reading_works_while_writes_are_refused(RedisServer own) {
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
    void a_replica_refuses_a_read_when_upkeep_is_due(RedisServer own) {
        ScriptedQueue there = new ScriptedQueue(own.endpoint());
        there.fill(3);
        there.advance(Duration.ofDays(3));
        own.command("REPLICAOF", "127.0.0.1", "1");

        assertThatThrownBy(() -> there.read(0, 10)).hasMessageStartingWith("READONLY");
    }

    @Test
    void one_read_removes_thousands_of_old_events() {
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
    void an_event_age_far_below_the_other_limits_applies() {
        queue.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofHours(1)));
        queue.attach("phone", 0);
        queue.fill(1);
        queue.advance(Duration.ofMinutes(61));

        assertThat((List<?>) queue.read(0, 10).get(3)).isEmpty();
    }
}
