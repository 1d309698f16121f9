package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.queue.QueueSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a confirmation moves one device's cursor and unlinks the events that all devices have confirmed. */
interface QueueConfirmContract {
    @Test
    default void G6_events_that_the_only_device_confirmed_are_unlinked(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        q.confirm(PHONE, seqs.get(1));

        QueueSlice rest = q.read();
        assertThat(QueueFixture.seqs(rest.events())).isEqualTo(seqs.subList(2, 5));
        assertThat(rest.first()).isEqualTo(seqs.get(2));
        assertThat(rest.next()).isEqualTo(seqs.get(4) + 1);
    }

    @Test
    default void G6_events_that_one_of_two_devices_has_not_confirmed_stay(QueueFixture q) {
        q.attach(PHONE);
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));

        q.confirm(PHONE, seqs.get(4));
        assertThat(q.waiting()).isEqualTo(seqs);
        q.confirm(LAPTOP, seqs.get(2));
        assertThat(q.waiting()).isEqualTo(seqs.subList(3, 5));
        q.confirm(LAPTOP, seqs.get(4));
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G6_without_devices_everything_waits(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(PHONE, seqs.get(2));

        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void G6_an_unknown_device_changes_nothing(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(LAPTOP, seqs.get(2));

        assertThat(q.waiting()).isEqualTo(seqs);
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(seqs.get(0) - 1);
        assertThat(q.attach(LAPTOP).devices()).isEqualTo(2);
    }

    @Test
    default void confirming_tells_whether_the_device_is_known(QueueFixture q) {
        q.attach(PHONE);
        long seq = q.append(1).get(0).seq();

        assertThat(q.confirm(LAPTOP, seq)).isFalse();
        assertThat(q.confirm(PHONE, seq)).isTrue();
        assertThat(q.confirm(PHONE, seq)).as("again").isTrue();
        assertThat(q.confirm(PHONE, seq + 1)).as("a Seq that is yet to come").isTrue();
        assertThat(StageResults.await(q.node().confirm(q.carol, PHONE, q.restored(q.carol), 1)))
                .isFalse();
    }

    @Test
    default void confirming_for_a_user_without_a_queue_changes_nothing(QueueFixture q) {
        q.confirm(PHONE, 1);

        assertThat(q.attach(LAPTOP).devices()).isEqualTo(1);
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G6_a_future_Seq_changes_nothing(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));

        for (long seq : List.of(seqs.get(2) + 1, seqs.get(2) + 1_000_000, Long.MAX_VALUE, 0L, -1L, Long.MIN_VALUE)) {
            q.confirm(PHONE, seq);
            assertThat(q.waiting()).as("after confirming %s", seq).isEqualTo(seqs);
        }
        assertThat(q.attach(PHONE).cursor()).isEqualTo(seqs.get(0) - 1);
    }

    @Test
    default void a_cursor_never_moves_back(QueueFixture q) {
        q.attach(LAPTOP);
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        q.confirm(PHONE, seqs.get(3));
        q.confirm(PHONE, seqs.get(1));

        assertThat(q.attach(PHONE).cursor()).isEqualTo(seqs.get(3));
        q.confirm(LAPTOP, seqs.get(4));
        assertThat(q.waiting()).isEqualTo(seqs.subList(4, 5));
    }

    @Test
    default void confirming_again_changes_nothing(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(PHONE, seqs.get(1));
        QueueSlice before = q.read();
        q.confirm(PHONE, seqs.get(1));
        q.confirm(PHONE, seqs.get(0));

        assertThat(q.read()).isEqualTo(before);
    }

    @Test
    default void a_queue_that_was_confirmed_to_its_end_goes_on_with_the_next_Seq(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(PHONE, seqs.get(2));
        QueueSlice empty = q.read();

        assertThat(empty.events()).isEmpty();
        assertThat(List.of(empty.first(), empty.next())).containsOnly(seqs.get(2) + 1);
        assertThat(q.append(q.message("next")).seq()).isEqualTo(seqs.get(2) + 1);
        assertThat(q.read().first()).isEqualTo(seqs.get(2) + 1);
    }

    @Test
    default void G6_devices_confirm_through_different_nodes(QueueFixture q) {
        q.attach(PHONE);
        StageResults.await(q.other().attach(q.bob, LAPTOP, 0));
        List<Long> seqs = QueueFixture.seqsOf(q.append(4));

        StageResults.await(q.other().confirm(q.bob, PHONE, q.restored(q.bob), seqs.get(3)));
        q.confirm(LAPTOP, seqs.get(1));
        assertThat(q.waiting()).isEqualTo(seqs.subList(2, 4));
    }
}
