package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** G13: a deletion calls the same few commands for any number of events that wait in the queue. */
@ExtendWith(RedisServers.class)
final class DeletionScriptTest {
    private static final List<String> APPEND = List.of("hincrby", "hexists", "hsetnx", "rpush");
    private static final List<String> STATE = List.of("hmget", "hmget", "hmget", "hget", "llen");

    private static Amendment deletion(ChatEvent.Message message) {
        return Amendment.by(ScriptedQueue.ALICE).of(message).delete();
    }

    private static Amendment edit(ChatEvent.Message message) {
        return Amendment.by(ScriptedQueue.ALICE).of(message).edit(MessageContent.text("secret"));
    }

    private static List<ChatEvent.Message> messages(int count) {
        return Stream.generate(() -> ScriptedQueue.message("text")).limit(count).toList();
    }

    private static void fill(ScriptedQueue queue) {
        for (int i = 0; i < 60; i++) {
            queue.append(messages(10));
        }
    }

    private static List<String> deletion(String... own) {
        List<String> all = new ArrayList<>(APPEND);
        all.addAll(STATE);
        Collections.addAll(all, own);
        return all;
    }

    private static ScriptedQueue queue(RedisServer own) {
        ScriptedQueue queue = new ScriptedQueue(own.endpoint());
        queue.attach("phone", 0);
        queue.restore();
        queue.fill(1);
        return queue;
    }

    @Test
    void a_deletion_costs_the_same_in_a_long_queue(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            ChatEvent.Message confirmed = ScriptedQueue.message("secret");
            ChatEvent.Message waiting = ScriptedQueue.message("secret");
            ChatEvent.Message absent = ScriptedQueue.message("secret");
            queue.confirm("phone", queue.append(confirmed).seq());
            fill(queue);
            queue.append(waiting);
            queue.append(edit(waiting));
            queue.append(edit(waiting));
            fill(queue);

            assertThat(CommandCalls.of(own, () -> queue.append(deletion(confirmed))))
                    .containsExactlyInAnyOrderElementsOf(deletion("hset"));
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(confirmed))))
                    .as("deleted already")
                    .containsExactlyInAnyOrder("hmget", "hmget", "hincrby", "hexists", "hsetnx", "rpush");
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(waiting))))
                    .containsExactlyInAnyOrderElementsOf(
                            deletion("lindex", "lset", "lindex", "lset", "lindex", "lset", "hset"));
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(absent))))
                    .containsExactlyInAnyOrderElementsOf(deletion("hlen", "hlen", "hset", "hlen"));
            assertThat(queue.stored().toString()).doesNotContain("secret");
        }
    }

    @Test
    void a_deletion_costs_little_more_in_a_later_epoch(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            ChatEvent.Message waiting = ScriptedQueue.message("secret");
            fill(queue);
            queue.append(waiting);
            fill(queue);
            queue.restart();
            queue.fill(1);

            assertThat(CommandCalls.of(own, () -> queue.append(deletion(waiting))))
                    .contains("lset")
                    .doesNotContain("lrange")
                    .hasSizeLessThan(30);
            assertThat(queue.stored().toString()).doesNotContain("secret");
        }
    }

    @Test
    void the_bytes_of_a_long_list_stay_counted(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.bounded(QueueLimits.DEFAULT.withMaxBytes(400_000));
            ChatEvent.Message message = ScriptedQueue.message("secret ".repeat(300));
            queue.fill(1);
            queue.append(message);
            queue.append(edit(message));
            fill(queue);
            assertThat(queue.state("b")).isNotEqualTo("null");

            assertThat(CommandCalls.of(own, () -> queue.append(deletion(message))))
                    .filteredOn("lrange"::equals)
                    .as("looks at the events that are not counted yet")
                    .hasSizeLessThan(2);

            long bytes = queue.stored().stream().mapToLong(String::length).sum();
            assertThat(queue.state("b")).startsWith(bytes + " ");
        }
    }

    @Test
    void the_bytes_of_a_long_list_are_counted_in_parts(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.bounded(QueueLimits.DEFAULT.withMaxBytes(400_000));
            fill(queue);
            queue.ask("HDEL", "m", "b");

            for (int i = 0; i < 7; i++) {
                assertThat(CommandCalls.of(own, () -> queue.fill(1)))
                        .filteredOn("lrange"::equals)
                        .as("five events each")
                        .hasSizeLessThanOrEqualTo(20);
            }

            long bytes = queue.stored().stream().mapToLong(String::length).sum();
            assertThat(queue.state("b")).startsWith(bytes + " ");
        }
    }

    @Test
    void G17_content_is_found_when_the_buckets_have_expired(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            List<ChatEvent.Message> secret = List.of(
                    ScriptedQueue.message("secret"), ScriptedQueue.message("secret"), ScriptedQueue.message("secret"));
            queue.append(secret);
            queue.append(edit(secret.get(2)));
            queue.ask("UNLINK", "d0");
            queue.append(deletion(secret.get(0)));
            queue.advance(Duration.ofHours(49));
            queue.append(deletion(secret.get(1)));
            fill(queue);
            queue.append(deletion(secret.get(2)));

            assertThat(queue.stored().toString()).doesNotContain("secret");
        }
    }

    /** A queue of old events that the buckets do not know, with some messages among them. */
    private static List<ChatEvent.Message> old(ScriptedQueue queue, int messages) {
        List<ChatEvent.Message> secret = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            ChatEvent.Message message = ScriptedQueue.message("secret");
            fill(queue);
            queue.append(message);
            queue.append(edit(message));
            secret.add(message);
        }
        for (int i = 0; i < 3; i++) {
            queue.advance(Duration.ofHours(25));
            queue.fill(1);
        }
        return secret;
    }

    @Test
    void old_events_are_looked_at_once_for_all_deletions(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            List<ChatEvent.Message> secret = old(queue, 3);
            long events = queue.number("LLEN", "q");

            List<String> calls = CommandCalls.of(own, () -> queue.append(deletion(secret.get(0))));
            long looks = calls.stream().filter("lindex"::equals).count();
            assertThat(looks).as("each event once, and some again").isBetween(events - 3, events + 20);
            assertThat(queue.rests()).as("parts").isGreaterThanOrEqualTo((int) (events / 100 - 1));

            for (ChatEvent.Message each : secret.subList(1, 3)) {
                assertThat(CommandCalls.of(own, () -> queue.append(deletion(each))))
                        .doesNotContain("lrange")
                        .hasSizeLessThan(30);
            }
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(ScriptedQueue.message("absent")))))
                    .doesNotContain("lrange", "lindex");
            assertThat(queue.stored().toString()).doesNotContain("secret");
            assertThat(queue.ttl("i")).isBetween(1L, Duration.ofHours(1).toMillis());
        }
    }

    @Test
    void the_index_of_old_events_grows_and_follows_the_epochs(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            List<ChatEvent.Message> secret = old(queue, 2);
            queue.append(deletion(secret.get(0)));
            List<ChatEvent.Message> later = old(queue, 2);

            queue.append(deletion(later.get(0)));
            queue.restart();
            queue.fill(1);
            queue.append(deletion(secret.get(1)));
            queue.restore();
            queue.append(deletion(later.get(1)));

            assertThat(queue.stored().toString()).doesNotContain("secret");
        }
    }

    @Test
    void many_edits_of_a_message_are_taken_out_in_parts(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            ChatEvent.Message message = ScriptedQueue.message("secret");
            queue.append(message);
            Stream.generate(() -> edit(message)).limit(450).forEach(queue::append);

            assertThat(CommandCalls.of(own, () -> queue.append(deletion(message))))
                    .filteredOn("lset"::equals)
                    .hasSize(451);

            assertThat(queue.rests()).as("parts").isGreaterThanOrEqualTo(5);
            assertThat(queue.stored().toString()).doesNotContain("secret");
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(message))))
                    .as("deleted already")
                    .hasSize(6);
        }
    }

    /** The node that began may die; its client sends the deletion again. */
    @Test
    void G17_a_deletion_that_ended_in_between_is_finished_by_its_repetition(RedisServer own) {
        try (ScriptedQueue queue = queue(own)) {
            ChatEvent.Message message = ScriptedQueue.message("secret");
            queue.append(message);
            Stream.generate(() -> edit(message)).limit(250).forEach(queue::append);
            Amendment deletion = deletion(message);
            queue.onlyFirstParts(true);
            assertThat(queue.append(deletion).duplicate()).isFalse();
            assertThat(queue.append(edit(message)).duplicate()).isFalse();
            assertThat(queue.stored().toString()).contains("secret");

            queue.onlyFirstParts(false);
            assertThat(queue.append(deletion).duplicate()).isTrue();

            assertThat(queue.stored().toString()).doesNotContain("secret");
        }
    }

    @Test
    void no_more_edits_of_a_message_are_remembered_than_the_queue_holds(RedisServer own) {
        try (ScriptedQueue queue = new ScriptedQueue(own.endpoint())) {
            queue.bounded(QueueLimits.DEFAULT.withMaxEvents(5));
            ChatEvent.Message message = ScriptedQueue.message("secret");
            queue.append(message);
            Stream.generate(() -> edit(message)).limit(8).forEach(queue::append);

            assertThat(CommandCalls.of(own, () -> queue.append(deletion(message))))
                    .filteredOn("lset"::equals)
                    .hasSize(5);
            assertThat(CommandCalls.of(own, () -> queue.append(deletion(message))))
                    .as("the positions of the edits")
                    .doesNotContain("lset");
            assertThat(queue.stored().toString()).doesNotContain("secret");
            assertThat(longestEntry(queue)).isLessThanOrEqualTo(5 * 13);
        }
    }

    private static int longestEntry(ScriptedQueue queue) {
        List<?> entries = (List<?>) Objects.requireNonNull(queue.ask("HVALS", "d0"));
        return entries.stream().mapToInt(each -> each.toString().length()).max().orElse(0);
    }
}
