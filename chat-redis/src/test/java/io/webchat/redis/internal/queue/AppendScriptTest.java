package io.webchat.redis.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the append scripts leave in Redis: elements, counters, dedupe buckets and expiries. */
@ExtendWith(RedisServers.class)
final class AppendScriptTest {
    private final ScriptedQueue queue;

    AppendScriptTest(RedisEndpoint shared) {
        queue = new ScriptedQueue(shared);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void the_first_event_creates_the_queue_with_the_servers_time() {
        Appended first = queue.append(ScriptedQueue.message("hello"));

        assertThat(first.seq() / 1000).isCloseTo(System.currentTimeMillis(), within(86_400_000L));
        assertThat(first.storedAt()).isCloseTo(first.seq() / 1000, within(10_000L));
        assertThat(queue.keys()).containsExactly("q", "m", "d0");
        assertThat(queue.state(queue.state("f"))).isEqualTo(Long.toString(first.seq()));
        assertThat(queue.state("s")).endsWith(" " + QueueLimits.DEFAULT.maxDedupe() + " 0");
    }

    @Test
    void every_key_expires_later_than_its_content() {
        queue.append(ScriptedQueue.message("hello"));

        assertThat(queue.ttl("m")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        assertThat(queue.ttl("q")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
        assertThat(queue.ttl("d0")).isCloseTo(Duration.ofDays(2).toMillis(), within(10_000L));
    }

    @Test
    void a_list_that_was_empty_gets_an_expiry_again() {
        queue.attach("phone", 0);
        Appended first = queue.append(ScriptedQueue.message("one"));
        queue.restore();
        assertThat(queue.confirm("phone", first.seq())).isTrue();
        assertThat(queue.keys()).doesNotContain("q");
        queue.fill(1);
        assertThat(queue.confirm("phone", first.seq() + 1)).isTrue();
        queue.append(List.of(ScriptedQueue.message("two"), ScriptedQueue.message("three")));

        assertThat(queue.ttl("q")).isCloseTo(ScriptedQueue.TTL, within(10_000L));
    }

    @Test
    void small_queues_use_compact_encodings() {
        queue.attach("phone", 0);
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
                "\u0000 \u0001 \u2028 \n",
                "안녕 👋",
                "\",\"Seq\":1}",
                "}\",\"Seq\":1,\"StoredAt\":2}",
                "100% %s %d %1"
            })
    void an_element_has_the_time_and_no_Seq(String text) {
        ChatEvent event = ScriptedQueue.message(text);
        Appended appended = queue.append(event);

        String element = String.valueOf(queue.ask("LINDEX", "q", "0"));
        assertThat(element)
                .isEqualTo(appended.storedAt() + new String(EventFrames.open(event), StandardCharsets.UTF_8));
        assertThat(EventFrames.read(7, 8, element.getBytes(StandardCharsets.UTF_8))
                        .event())
                .isEqualTo(event);
    }

    @Test
    void G18_an_event_of_a_kind_of_a_newer_version_is_kept_as_an_unknown_one() {
        String open = "{\"EvtType\":\"invented\",\"From\":\"alice\",\"To\":\"bob\",\"Timestamp\":5,\"Soul\":1";
        byte[] stored = EventFrames.stored(8, open.getBytes(StandardCharsets.UTF_8));

        Envelope read = EventFrames.read(6, 7, stored);

        assertThat(read.event()).isEqualTo(new NodeEvent.Unknown(ScriptedQueue.BOB, "invented", 5));
        assertThat(new String(EventFrames.published(read), StandardCharsets.UTF_8))
                .endsWith(open + ",\"Seq\":7,\"StoredAt\":8}");
        assertThat(EventFrames.parsed(EventFrames.published(read))).containsExactly(read);
    }

    @Test
    void large_Seqs_keep_every_digit() {
        queue.append(ScriptedQueue.message("first"));
        long large = (1L << 53) - 9;
        queue.ask("HSET", "m", queue.state("f"), Long.toString(large));
        ChatEvent event = ScriptedQueue.message("second");

        assertThat(queue.append(event).seq()).isEqualTo(large + 1);
        assertThat(queue.append(event).seq()).isEqualTo(large + 1);
        queue.otherNode();
        assertThat(queue.append(ScriptedQueue.message("third")).seq()).isEqualTo(large + 2);
        assertThat(queue.read(large, 1).subList(2, 4)).isEqualTo(List.of(large, large + 3));
    }

    @Test
    void G2_a_resend_gets_the_first_reply_and_leaves_no_trace() {
        ChatEvent event = ScriptedQueue.message("hello");
        Appended first = queue.append(event);
        queue.fill(1);
        Object before = queue.ask("HGETALL", "m");

        for (int i = 0; i < 3; i++) {
            Appended again = queue.append(event);
            assertThat(again.duplicate()).isTrue();
            assertThat(again.seq()).isEqualTo(first.seq());
            assertThat(again.storedAt()).isEqualTo(first.storedAt());
            queue.otherNode();
        }
        assertThat(queue.ask("HGETALL", "m")).isEqualTo(before);
        assertThat(queue.number("LLEN", "q")).isEqualTo(2);
    }

    @Test
    void G2_another_text_under_one_id_is_a_conflict() {
        MessageId id = MessageId.random();
        queue.append(ChatEvent.message(ScriptedQueue.ALICE, ScriptedQueue.BOB, id, "one"));
        ChatEvent other = ChatEvent.message(ScriptedQueue.ALICE, ScriptedQueue.BOB, id, "two");

        assertThatThrownBy(() -> queue.append(other))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, each -> assertThat(each.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(queue.fill(1).get(0).duplicate()).isFalse();
    }

    @Test
    void times_grow_although_the_clock_of_another_node_is_behind() {
        List<Appended> first = queue.fill(3);
        queue.otherNode();
        queue.advance(Duration.ofMinutes(-5));
        List<Appended> second = queue.fill(3);

        assertThat(second.get(0).storedAt()).isGreaterThan(first.get(2).storedAt());
        assertThat(second).extracting(Appended::storedAt).isSorted().doesNotHaveDuplicates();
        assertThat(second.get(2).seq()).isEqualTo(first.get(0).seq() + 5);
    }

    @Test
    void several_messages_of_one_step_get_successive_Seqs_and_times() {
        Appended before = queue.fill(1).get(0);
        for (int round = 0; round < 3; round++) {
            List<Appended> all = queue.append(IntStream.range(0, 5)
                    .mapToObj(i -> ScriptedQueue.message("text " + i))
                    .toList());
            for (Appended each : all) {
                assertThat(each.seq()).isEqualTo(before.seq() + 1);
                assertThat(each.storedAt()).isGreaterThan(before.storedAt());
                before = each;
            }
            queue.otherNode();
        }
        assertThat(queue.stored()).hasSize(16).isSorted();
    }

    @Test
    void a_bucket_older_than_the_window_is_replaced() {
        ChatEvent old = ScriptedQueue.message("old");
        queue.append(old);
        queue.advance(Duration.ofHours(25));
        queue.fill(1);
        assertThat(queue.keys()).contains("d1");
        assertThat(queue.number("HLEN", "d0")).isEqualTo(1);
        assertThat(queue.append(old).duplicate()).as("the window is over").isFalse();

        queue.advance(Duration.ofHours(25));
        queue.fill(1);
        assertThat(queue.number("HLEN", "d1"))
                .as("two messages, and the position of the older copy of one")
                .isEqualTo(3);
        assertThat(queue.ttl("d0")).isCloseTo(Duration.ofDays(2).toMillis(), within(10_000L));
    }

    @Test
    void a_full_bucket_is_replaced_and_its_ids_stay_known() {
        queue.bounded(QueueLimits.DEFAULT.withMaxDedupe(3));
        List<ChatEvent.Message> sent = IntStream.range(0, 7)
                .mapToObj(i -> ScriptedQueue.message("text " + i))
                .toList();
        sent.forEach(queue::append);

        assertThat(queue.number("HLEN", "d0") + queue.number("HLEN", "d1")).isLessThanOrEqualTo(6);
        assertThat(sent.subList(4, 7)).allMatch(each -> queue.append(each).duplicate());
    }

    @Test
    void G10_the_bytes_of_a_long_list_are_counted() {
        queue.bounded(QueueLimits.DEFAULT.withMaxBytes(40_000));
        queue.attach("phone", 0);
        queue.restore();
        int removed = queue.fill(500).stream().mapToInt(Appended::removed).sum();
        List<String> stored = queue.stored();

        assertThat(stored).hasSize(500 - removed);
        long bytes = stored.stream().mapToLong(String::length).sum();
        assertThat(bytes).isBetween(39_500L, 40_000L);
        assertThat(queue.state("b")).startsWith(bytes + " ");

        long first = (Long) queue.read(0, 0).get(2);
        queue.confirm("phone", first + 49);
        assertThat(queue.state("b"))
                .startsWith(queue.stored().stream().mapToLong(String::length).sum() + " ");
        queue.confirm("phone", (Long) queue.read(0, 0).get(3) - 2);
        assertThat(queue.state("b")).isEqualTo("null");
    }

    @Test
    void a_queue_without_its_state_begins_anew() {
        queue.fill(3);
        queue.ask("UNLINK", "m");
        Appended after = queue.append(ScriptedQueue.message("after"));

        assertThat(queue.stored()).hasSize(1);
        assertThat(queue.ttl("m")).isPositive();
        assertThat(after.epoch().number()).isEqualTo(after.seq());
    }

    @Test
    void G8_a_server_that_started_anew_begins_an_epoch_for_every_step() {
        queue.attach("phone", 0);
        List<Appended> before = queue.fill(3);
        queue.restore();
        queue.restart();
        Appended after = queue.append(ScriptedQueue.message("after"));

        assertThat(after.epoch().restored()).isFalse();
        assertThat(after.seq())
                .isEqualTo(after.epoch().number())
                .isGreaterThan(before.get(2).seq() + 3);
        assertThat(queue.confirm("phone", after.seq())).isFalse();
        assertThat(queue.stored()).hasSize(4);
        assertThat(queue.keys()).contains("q", "m", "d0");
        assertThat(queue.number("HLEN", "m"))
                .as("no counter of an earlier epoch stays")
                .isEqualTo(6);
    }
}
