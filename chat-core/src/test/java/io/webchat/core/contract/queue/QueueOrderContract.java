package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueSlice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Proves that appended events keep their order, their content and their Seqs. */
interface QueueOrderContract {
    @Test
    default void events_are_kept_in_the_order_of_their_append(QueueFixture q) {
        List<Appended> appended = q.append(20);

        assertThat(q.read().events())
                .extracting(each -> ((ChatEvent.Message) each.event()).text())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());
        assertThat(q.waiting()).isEqualTo(QueueFixture.seqsOf(appended));
    }

    @Test
    default void an_event_comes_back_as_it_was_appended(QueueFixture q) {
        ChatEvent.Message plain = q.message("안녕 👋 \"quoted\" \u0000 \u2028 é");
        ChatEvent.Message card = plain.toBuilder()
                .id(MessageId.random())
                .type("shop.order")
                .text("")
                .data(Json.parse("{ \"n\" : 1.50,\r\n\t\"\\u00e9\":\"안녕 👋\", \"LoggedAt\":5 }"))
                .replyTo(MessageRef.to(plain))
                .mentions(q.bob)
                .build();
        ChatEvent.Message copy = q.message("from the phone").copyFrom(DeviceId.of("my.phone_1-a"));
        ChatEvent.Message inRoom = ChatEvent.Message.from(q.alice)
                .to(q.bob)
                .in(RoomId.of("friends"))
                .timestamp(0)
                .text("hi all")
                .build();
        ChatEvent.Receipt delivery = ChatEvent.delivery(q.alice, q.bob, MessageId.random());
        ChatEvent.Receipt display = ChatEvent.display(q.alice, q.bob, MessageId.random());
        List<ChatEvent> all = List.of(plain, card, copy, inRoom, delivery, display);

        all.forEach(q::append);

        assertThat(q.read().events()).extracting(Envelope::event).isEqualTo(all);
    }

    @Test
    default void a_read_tells_the_place_and_time_that_the_append_told(QueueFixture q) {
        Appended appended = q.append(q.message("hello"));
        Envelope stored = q.read().events().get(0);

        assertThat(appended.duplicate()).isFalse();
        assertThat(stored.seq()).isEqualTo(appended.seq());
        assertThat(stored.storedAt()).isEqualTo(appended.storedAt());
    }

    @Test
    default void an_event_is_stored_later_than_the_time_that_the_caller_names(QueueFixture q) {
        long ahead = q.append(q.message("first")).storedAt() + 60_000;

        Appended named = StageResults.await(q.node().append(q.bob, q.message("named"), ahead));
        Appended next = StageResults.await(q.other().append(q.bob, q.message("next")));

        assertThat(named.storedAt()).isEqualTo(ahead + 1);
        assertThat(next.storedAt()).isGreaterThan(named.storedAt());
        assertThat(q.read().events())
                .extracting(Envelope::storedAt)
                .endsWith(named.storedAt(), next.storedAt())
                .hasSize(3);
    }

    @Test
    default void Seqs_are_consecutive(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(50));

        assertThat(seqs)
                .isEqualTo(
                        LongStream.range(seqs.get(0), seqs.get(0) + 50).boxed().toList());
    }

    @Test
    default void Seqs_start_at_the_clock_in_microseconds_and_fit_a_JavaScript_number(QueueFixture q) {
        long seq = q.append(q.message("first")).seq();

        assertThat(Duration.ofNanos(seq * 1000).toMillis())
                .isCloseTo(System.currentTimeMillis(), within(Duration.ofDays(1).toMillis()));
        assertThat(seq).isLessThan(1L << 53);
    }

    @Test
    default void the_next_event_gets_the_Seq_that_was_foretold(QueueFixture q) {
        q.attach(QueueFixture.PHONE);
        long foretold = q.read().next();
        assertThat(q.append(q.message("one")).seq()).isEqualTo(foretold);
        assertThat(q.read().next()).isEqualTo(foretold + 1);
        assertThat(q.append(q.message("two")).seq()).isEqualTo(foretold + 1);
    }

    @Test
    default void the_first_event_gets_at_least_the_announced_Seq(QueueFixture q) {
        long foretold = q.read().next();

        assertThat(q.append(q.message("one")).seq()).isGreaterThanOrEqualTo(foretold);
    }

    @Test
    default void storedAt_is_the_time_in_milliseconds(QueueFixture q) {
        assertThat(q.append(q.message("now")).storedAt())
                .isCloseTo(System.currentTimeMillis(), within(Duration.ofDays(1).toMillis()));
    }

    @Test
    default void storedAt_grows_strictly_also_within_one_millisecond(QueueFixture q) {
        List<Appended> burst = StageResults.awaitAll(IntStream.range(0, 300)
                .mapToObj(i -> q.node(i).append(q.bob, q.message("text " + i)))
                .toList());
        QueueSlice slice = q.read();

        assertThat(slice.events())
                .hasSize(300)
                .extracting(Envelope::storedAt)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(burst).extracting(Appended::storedAt).doesNotHaveDuplicates();
    }

    @Test
    default void G3_appends_of_one_caller_take_effect_in_their_order(QueueFixture q) {
        List<CompletionStage<Appended>> unawaited = IntStream.range(0, 500)
                .mapToObj(i -> q.node().append(q.bob, q.message("text " + i)))
                .toList();

        assertThat(QueueFixture.seqsOf(StageResults.awaitAll(unawaited)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    default void a_call_sees_what_its_caller_called_before(QueueFixture q) {
        q.attach(QueueFixture.PHONE);
        long epoch = q.restored(q.bob);
        long first = q.append(q.message("one")).seq();
        CompletionStage<Appended> second = q.node().append(q.bob, q.message("two"));
        CompletionStage<QueueSlice> both = q.node().read(q.bob, 0, 10);
        CompletionStage<Boolean> confirmed = q.node().confirm(q.bob, QueueFixture.PHONE, epoch, first);
        CompletionStage<QueueSlice> rest = q.node().read(q.bob, 0, 10);

        assertThat(QueueFixture.seqs(StageResults.await(both).events())).containsExactly(first, first + 1);
        assertThat(QueueFixture.seqs(StageResults.await(rest).events())).containsExactly(first + 1);
        assertThat(StageResults.await(second).seq()).isEqualTo(first + 1);
        assertThat(confirmed).isCompleted();
    }

    @Test
    default void each_user_has_a_queue_of_their_own(QueueFixture q) {
        q.append(q.message("for bob"));

        assertThat(StageResults.await(q.node().read(q.carol, 0, 10)).events()).isEmpty();
        assertThat(StageResults.await(q.node().append(q.carol, ChatEvent.message(q.alice, q.carol, "for carol")))
                        .duplicate())
                .isFalse();
        assertThat(q.waiting()).hasSize(1);
    }

    @Test
    default void events_appended_by_one_node_are_read_by_the_other(QueueFixture q) {
        Appended here = q.append(q.message("here"));
        Appended there = StageResults.await(q.other().append(q.bob, q.message("there")));

        assertThat(there.seq()).isEqualTo(here.seq() + 1);
        assertThat(there.storedAt()).isGreaterThan(here.storedAt());
        assertThat(StageResults.await(q.other().read(q.bob, 0, 10))).isEqualTo(q.read());
    }
}
