package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.internal.queue.QueueArguments;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue survives flushed scripts, extreme arguments, unreadable elements, and servers that are down or full. */
@ExtendWith(RedisServers.class)
final class RedisOfflineQueueTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final RedisEndpoint shared;
    private final QueueBackend backend;
    private final OfflineQueue queue;

    RedisOfflineQueueTest(RedisEndpoint shared) {
        this.shared = shared;
        backend = new QueueBackend(shared, QueueLimits.DEFAULT);
        queue = backend.node();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private static <T> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void assertFails(ErrorCode code, CompletionStage<?> stage) {
        assertThatThrownBy(() -> of(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, each -> assertThat(each.code()).isEqualTo(code));
    }

    private Appended append(String text) {
        return of(queue.append(BOB, ChatEvent.message(ALICE, BOB, text)));
    }

    /** A node whose clock is an hour behind. */
    @Test
    void the_end_of_a_session_never_moves_the_time_back() {
        of(queue.attach(BOB, PHONE, 0));
        try (RedisConnections connections = RedisConnections.open(RedisConfig.of(shared.url()))) {
            long behind = -TimeUnit.HOURS.toMicros(1);
            RedisOfflineQueue other = new RedisOfflineQueue(
                    connections,
                    backend.keys(),
                    new QueueArguments(QueueLimits.DEFAULT, () -> behind, UnaryOperator.identity()));
            long before = of(other.lastSeen(BOB)).orElseThrow();

            of(other.leave(BOB, PHONE));

            assertThat(of(other.lastSeen(BOB))).hasValue(before);
        }
    }

    @Test
    void flushed_scripts_are_loaded_again() {
        long first = append("one").seq();
        for (int i = 1; i < 4; i++) {
            shared.command("SCRIPT", "FLUSH");
            assertThat(append("more").seq()).isEqualTo(first + i);
        }
        shared.command("SCRIPT", "FLUSH");
        assertThat(of(queue.read(BOB, 0, 10)).events()).hasSize(4);
        shared.command("SCRIPT", "FLUSH");
        assertThat(of(queue.attach(BOB, PHONE, 0)).cursor()).isEqualTo(first - 1);
        shared.command("SCRIPT", "FLUSH");
        assertThat(of(queue.restore(BOB, first, UndeliveredMessages.NONE))).isTrue();
        shared.command("SCRIPT", "FLUSH");
        of(queue.confirm(BOB, PHONE, first, first + 3));
        assertThat(of(queue.read(BOB, 0, 10)).events()).isEmpty();
    }

    @Test
    void extreme_numbers_are_harmless() {
        long seq = append("one").seq();
        assertThat(of(queue.restore(BOB, seq, UndeliveredMessages.NONE))).isTrue();
        for (long any : List.of(Long.MIN_VALUE, -1L, 0L, (1L << 53) - 1, 1L << 53, Long.MAX_VALUE)) {
            assertThat(of(queue.attach(BOB, PHONE, any)).cursor()).isEqualTo(seq - 1);
            of(queue.confirm(BOB, PHONE, seq, any == seq ? 0 : any));
            assertThat(of(queue.restore(BOB, any, UndeliveredMessages.NONE))).isFalse();
            assertThat(of(queue.read(BOB, any, Integer.MAX_VALUE)).next()).isEqualTo(seq + 1);
            assertThat(of(queue.read(BOB, any, Integer.MIN_VALUE)).events()).isEmpty();
        }
        assertThat(of(queue.read(BOB, Long.MIN_VALUE, 10)).events()).hasSize(1);
        assertThat(of(queue.read(BOB, Long.MAX_VALUE, 10)).events()).isEmpty();
    }

    @Test
    void extreme_durations_are_harmless() {
        QueueLimits forever = QueueLimits.DEFAULT
                .withMaxAge(Duration.ofSeconds(Long.MAX_VALUE))
                .withDeviceAge(Duration.ofSeconds(Long.MAX_VALUE))
                .withDedupeWindow(Duration.ofNanos(1));
        try (QueueBackend other = new QueueBackend(shared, forever)) {
            OfflineQueue node = other.node();
            of(node.attach(BOB, PHONE, 0));
            of(node.append(BOB, ChatEvent.message(ALICE, BOB, "hello")));
            other.advance(Duration.ofDays(10_000));
            assertThat(of(node.read(BOB, 0, 10)).events()).hasSize(1);
        }
    }

    @Test
    void an_event_that_is_not_stored_is_refused() {
        assertFails(ErrorCode.BAD_REQUEST, queue.append(BOB, ChatEvent.typing(ALICE, BOB)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "no JSON", "{\"EvtType\":\"of-a-newer-node\",\"From\":\"alice\",\"To\":\"bob\"}"})
    void an_unreadable_element_becomes_a_gap_at_its_position(String element) {
        long first = append("one").seq();
        append("two");
        append("three");
        String list = new String(backend.keys().key(BOB, ":q"), StandardCharsets.UTF_8);
        shared.command("LSET", list, "1", element);

        List<Envelope> events = of(queue.read(BOB, 0, 10)).events();
        assertThat(events).extracting(Envelope::seq).containsExactly(first, first + 1, first + 2);
        assertThat(events)
                .extracting(each -> each.event().kind())
                .containsExactly(EventKind.MESSAGE, EventKind.GAP, EventKind.MESSAGE);
        assertThat(of(queue.read(BOB, first, 1)).events().get(0).seq()).isEqualTo(first + 1);
    }

    @Test
    void G9_a_call_fails_while_the_server_is_down_and_succeeds_after_its_restart(RedisServer own) {
        RedisConfig config = TestConfigs.impatient(own.url()).build();
        try (QueueBackend other = new QueueBackend(own.endpoint(), QueueLimits.DEFAULT);
                QueueBackend impatient = new QueueBackend(config, List.of(own.endpoint()), QueueLimits.DEFAULT)) {
            OfflineQueue node = other.node();
            ChatEvent message = ChatEvent.message(ALICE, BOB, "hello");
            long before = of(node.append(BOB, message)).seq();
            own.kill();
            assertFails(ErrorCode.UNAVAILABLE, impatient.node().append(BOB, message));
            own.restart();

            Appended after = of(node.append(BOB, message));
            assertThat(after.duplicate()).isFalse();
            assertThat(after.seq()).isGreaterThan(before);
        }
    }

    @Test
    void receipts_that_wait_together_are_one_step(RedisServer own) {
        try (QueueBackend other = new QueueBackend(own.endpoint(), QueueLimits.DEFAULT)) {
            OfflineQueue node = other.node();
            long first =
                    of(node.append(BOB, ChatEvent.message(ALICE, BOB, "hello"))).seq();
            own.command("CONFIG", "RESETSTAT");
            own.pause();
            List<CompletionStage<Appended>> calls = IntStream.range(0, 40)
                    .mapToObj(i -> node.append(BOB, ChatEvent.delivery(ALICE, BOB, MessageId.of("m" + i))))
                    .toList();
            own.resume();

            assertThat(calls.stream().map(each -> of(each).seq()))
                    .isEqualTo(LongStream.rangeClosed(first + 1, first + 40)
                            .boxed()
                            .toList());
            assertThat(of(node.read(BOB, first, 100)).events())
                    .extracting(each -> ((ChatEvent.Receipt) each.event()).id().value())
                    .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "m" + i).toList());
            assertThat(own.info("commandstats").get("cmdstat_rpush")).matches("calls=([1-9]|1[0-9]),.*");
        }
    }

    @Test
    void a_repeated_message_among_those_that_wait_together_is_a_resend(RedisServer own) {
        try (QueueBackend other = new QueueBackend(own.endpoint(), QueueLimits.DEFAULT)) {
            OfflineQueue node = other.node();
            of(node.append(BOB, ChatEvent.message(ALICE, BOB, "hello")));
            ChatEvent twice = ChatEvent.message(ALICE, BOB, "twice");
            own.pause();
            List<CompletionStage<Appended>> calls = Stream.of(
                            ChatEvent.message(ALICE, BOB, "one"), twice, twice, ChatEvent.message(ALICE, BOB, "two"))
                    .map(each -> node.append(BOB, each))
                    .toList();
            own.resume();

            assertThat(calls.stream().map(each -> of(each).duplicate())).containsExactly(false, false, true, false);
            assertThat(of(calls.get(2)).seq()).isEqualTo(of(calls.get(1)).seq());
            assertThat(of(node.read(BOB, 0, 10)).events()).hasSize(4);
        }
    }

    @Test
    void a_server_without_memory_takes_receipts_and_confirmations(RedisServer own) {
        try (QueueBackend other = new QueueBackend(own.endpoint(), QueueLimits.DEFAULT)) {
            OfflineQueue node = other.node();
            long epoch = of(node.attach(BOB, PHONE, 0)).epoch().number();
            long seq =
                    of(node.append(BOB, ChatEvent.message(ALICE, BOB, "hello"))).seq();
            own.command("CONFIG", "SET", "maxmemory", "1");

            assertThat(of(node.append(ALICE, ChatEvent.delivery(BOB, ALICE, MessageId.of("m"))))
                            .duplicate())
                    .isFalse();
            assertThat(of(node.restore(BOB, epoch, UndeliveredMessages.NONE))).isTrue();
            assertThat(of(node.confirm(BOB, PHONE, epoch, seq))).isTrue();
            assertThat(of(node.read(BOB, 0, 10)).events()).isEmpty();
        }
    }

    @Test
    void a_server_without_memory_is_reported_as_queue_full(RedisServer own) {
        try (QueueBackend other = new QueueBackend(own.endpoint(), QueueLimits.DEFAULT)) {
            OfflineQueue node = other.node();
            of(node.attach(BOB, PHONE, 0));
            own.command("CONFIG", "SET", "maxmemory", "1");
            assertFails(ErrorCode.QUEUE_FULL, node.append(BOB, ChatEvent.message(ALICE, BOB, "hello")));
            own.command("CONFIG", "SET", "maxmemory", "0");
            assertThat(of(node.append(BOB, ChatEvent.message(ALICE, BOB, "hello")))
                            .duplicate())
                    .isFalse();
        }
    }
}
