package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.EventCodec;
import io.webchat.core.spi.QueueLimits;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The append script stores an event, recognises resends, and bounds the queue. */
@ExtendWith(RedisServers.class)
final class AppendScriptTest {
    private final ScriptedQueue queue;

    AppendScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @Test
    void the_first_event_creates_the_queue_with_the_servers_time() {
        List<?> reply = queue.append(ScriptedQueue.message("hello"));
        long seq = (Long) reply.get(1);
        long storedAt = (Long) reply.get(2);

        assertThat(reply.get(0)).isEqualTo(0L);
        assertThat(storedAt).isEqualTo(seq / 1000).isCloseTo(System.currentTimeMillis(), within(86_400_000L));
        assertThat(queue.keys()).containsExactly("q", "m", "d0");
        assertThat(queue.meta("next")).isEqualTo(seq + 1);
        assertThat(queue.meta("at")).isEqualTo(storedAt);
        assertThat(queue.meta("full")).isEqualTo(seq + QueueLimits.DEFAULT.maxDedupe());
    }

    @Test
    void every_key_expires_later_than_its_content() {
        queue.append(ScriptedQueue.message("hello"));

        assertThat(queue.ttl("m")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        assertThat(queue.ttl("q")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        assertThat(queue.ttl("d0")).isCloseTo(Duration.ofDays(2).toMillis(), within(10_000L));
    }

    @Test
    void small_queues_use_compact_encodings() {
        queue.fill(20);

        assertThat(queue.encoding("m")).isEqualTo("listpack");
        assertThat(queue.encoding("d0")).isEqualTo("listpack");
        assertThat(queue.encoding("q")).isIn("quicklist", "listpack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" \\ {braces} [brackets]",
                "\u0000 \u0001 \u2028",
                "안녕 👋",
                "\",\"Seq\":1}",
                "}\",\"Seq\":1,\"StoredAt\":2}",
                "100% %s %d %1"
            })
    void an_element_equals_the_wire_form_of_its_event(String text) {
        ChatEvent event = ScriptedQueue.message(text);
        List<?> reply = queue.append(event);
        Envelope stored = Envelope.stored((Long) reply.get(1), (Long) reply.get(2), event);

        assertThat(queue.ask("LINDEX", "q", "0"))
                .isEqualTo(new String(EventCodec.encode(stored), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 52) - 1, (1L << 52) + 1, (1L << 53) - 3})
    void large_Seqs_keep_every_digit(long next) {
        queue.append(ScriptedQueue.message("first"));
        queue.ask("HSET", "m", "next", Long.toString(next));
        ChatEvent event = ScriptedQueue.message("second");
        List<?> reply = queue.append(event, "the id", "the content");

        assertThat(reply.get(1)).isEqualTo(next);
        assertThat(queue.append(event, "the id", "the content").subList(0, 2)).isEqualTo(List.of(1L, next));
        assertThat(queue.meta("next")).isEqualTo(next + 1);
        assertThat(String.valueOf(queue.ask("LINDEX", "q", "1"))).contains(",\"Seq\":" + next + ",");
        assertThat(queue.read(next - 1, 1).subList(0, 2)).isEqualTo(List.of(next - 1, next + 1));
    }

    @Test
    void a_resend_gets_the_first_reply_and_writes_nothing() {
        List<?> first = queue.append(ScriptedQueue.message("hello"), "id", "the content");
        queue.fill(1);
        Object before = queue.ask("HGETALL", "m");

        assertThat(queue.append(ScriptedQueue.message("hello"), "id", "the content"))
                .isEqualTo(List.of(1L, first.get(1), first.get(2)));
        assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
        assertThat(queue.number("LLEN", "q")).isEqualTo(2);
    }

    @Test
    void a_resend_is_replicated_only_on_request(RedisServer own) {
        ScriptedQueue there = new ScriptedQueue(own.endpoint());
        for (String content : List.of("the content", "1")) {
            List<?> first = there.append(ScriptedQueue.message("hello"), content, content);
            List<?> again = List.of(1L, first.get(1), first.get(2));
            Object before = there.ask("HGETALL", "m");
            String changes = changes(own);

            assertThat(there.append(ScriptedQueue.message("hello"), content, content))
                    .isEqualTo(again);
            assertThat(changes(own)).isEqualTo(changes);
            assertThat(there.append(ScriptedQueue.message("hello"), content, content, true))
                    .isEqualTo(again);
            assertThat(changes(own)).isNotEqualTo(changes);
            assertThat(there.ask("HGETALL", "m")).isEqualTo(before);
        }
    }

    /** The number of changes, each of which Redis also replicates. */
    private static String changes(RedisServer server) {
        return String.valueOf(server.info("persistence").get("rdb_changes_since_last_save"));
    }

    @Test
    void a_conflict_is_a_reply_and_writes_nothing() {
        List<?> first = queue.append(ScriptedQueue.message("hello"), "id", "the content");
        Object before = queue.ask("HGETALL", "m");

        assertThat(queue.append(ScriptedQueue.message("other"), "id", "other content"))
                .isEqualTo(List.of(2L, first.get(1), first.get(2)));
        assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
        assertThat(queue.number("LLEN", "q")).isEqualTo(1);
    }

    @Test
    void G11_a_higher_receipt_replaces_a_lower_one() {
        ChatEvent any = ScriptedQueue.message("a receipt to the script");

        assertThat(queue.append(any, "id", "1").get(0)).isEqualTo(0L);
        List<?> display = queue.append(any, "id", "2");
        assertThat(display.get(0)).isEqualTo(0L);
        assertThat(queue.append(any, "id", "1")).isEqualTo(List.of(1L, display.get(1), display.get(2)));
        assertThat(queue.number("HLEN", "d0")).isEqualTo(1);
    }

    @Test
    void G11_the_later_receipt_counts_if_both_buckets_have_one() {
        ChatEvent any = ScriptedQueue.message("a receipt to the script");
        queue.fill(1);
        queue.advance(Duration.ofHours(23));
        queue.append(any, "id", "1");
        queue.advance(Duration.ofHours(2));
        queue.fill(1);
        List<?> display = queue.append(any, "id", "2");

        assertThat(display.get(0)).isEqualTo(0L);
        assertThat(queue.number("HEXISTS", "d0", "id") + queue.number("HEXISTS", "d1", "id"))
                .isEqualTo(2);
        assertThat(queue.append(any, "id", "1")).isEqualTo(List.of(1L, display.get(1), display.get(2)));
    }

    @Test
    void a_bucket_older_than_the_window_is_replaced() {
        queue.append(ScriptedQueue.message("first"), "first", "content");
        queue.advance(Duration.ofHours(25));
        queue.append(ScriptedQueue.message("second"), "second", "content");

        assertThat(queue.keys()).containsExactly("q", "m", "d0", "d1");
        assertThat(queue.meta("bucket")).isEqualTo(1);
        assertThat(queue.ttl("d1")).isCloseTo(Duration.ofDays(2).toMillis(), within(10_000L));
        queue.advance(Duration.ofHours(25));
        queue.append(ScriptedQueue.message("third"), "third", "content");
        assertThat(queue.meta("bucket")).isZero();
        assertThat(queue.number("HLEN", "d0")).isEqualTo(1);
        assertThat(queue.number("HEXISTS", "d0", "third")).isEqualTo(1);
    }

    @Test
    void a_full_bucket_is_replaced_and_its_ids_stay_known() {
        queue.bounded(QueueLimits.DEFAULT.withMaxDedupe(3));
        for (int i = 0; i < 7; i++) {
            queue.append(ScriptedQueue.message("hello"), "id " + i, "content");
        }

        for (int i = 3; i < 7; i++) {
            assertThat(queue.append(ScriptedQueue.message("hello"), "id " + i, "content")
                            .get(0))
                    .as("outcome of the resend of %s", i)
                    .isEqualTo(1L);
        }
        assertThat(queue.number("HLEN", "d0") + queue.number("HLEN", "d1")).isEqualTo(4);
        assertThat(queue.append(ScriptedQueue.message("hello"), "id 2", "content")
                        .get(0))
                .isEqualTo(0L);
    }

    @Test
    void other_keys_are_deleted_if_the_queues_data_is_lost() {
        List<?> before = queue.append(ScriptedQueue.message("hello"), "id", "content");
        queue.attach("phone", 0);
        queue.ask("DEL", "m");
        List<?> after = queue.append(ScriptedQueue.message("hello"), "id", "content");

        assertThat(after.get(0)).isEqualTo(0L);
        assertThat((Long) after.get(1)).isGreaterThan((Long) before.get(1));
        assertThat(queue.keys()).containsExactly("q", "m", "d0");
        assertThat(queue.number("LLEN", "q")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "c", "d0"})
    void a_queue_survives_the_loss_of_another_key(String gone) {
        queue.attach("phone", 0);
        queue.fill(3);
        long next = queue.meta("next");
        queue.ask("DEL", gone);

        assertThat(queue.append(ScriptedQueue.message("hello")).get(1)).isEqualTo(next);
        assertThat(queue.ttl("q")).isPositive();
    }

    @Test
    void a_list_that_was_empty_gets_an_expiry_again() {
        queue.attach("phone", 0);
        List<?> first = queue.append(ScriptedQueue.message("hello"));
        queue.confirm("phone", (Long) first.get(1));
        assertThat(queue.keys()).doesNotContain("q");
        queue.fill(1);

        assertThat(queue.ttl("q")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
    }

    @Test
    void a_lowered_bound_applies_to_the_next_event() {
        queue.fill(20);
        queue.bounded(QueueLimits.DEFAULT.withMaxEvents(5));
        queue.fill(1);

        assertThat(queue.number("LLEN", "q")).isEqualTo(5);
    }

    @Test
    void G10_only_old_events_are_removed() {
        queue.fill(5);
        queue.advance(Duration.ofDays(29));
        queue.fill(4);
        queue.advance(Duration.ofDays(2));
        queue.fill(1);

        assertThat(queue.number("LLEN", "q")).isEqualTo(5);
    }
}
