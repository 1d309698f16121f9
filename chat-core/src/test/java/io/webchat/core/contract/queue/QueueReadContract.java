package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.queue.QueueSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a read returns a slice of the queue and changes nothing. */
interface QueueReadContract {
    @Test
    default void the_queue_of_an_unknown_user_is_empty(QueueFixture q) {
        QueueSlice slice = q.read();

        assertThat(slice.events()).isEmpty();
        assertThat(slice.first()).isEqualTo(slice.next());
    }

    @Test
    default void first_is_the_oldest_event_and_next_is_behind_the_newest(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        QueueSlice slice = q.read(seqs.get(3), 1);

        assertThat(slice.first()).isEqualTo(seqs.get(0));
        assertThat(slice.next()).isEqualTo(seqs.get(4) + 1);
    }

    @Test
    default void G16_confirmed_is_as_far_as_any_device_has_confirmed(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(4));
        assertThat(q.read().confirmed()).isEqualTo(seqs.get(0) - 1);

        q.attach(PHONE);
        q.attach(LAPTOP);
        assertThat(q.read().confirmed()).isEqualTo(seqs.get(0) - 1);
        q.confirm(PHONE, seqs.get(2));

        assertThat(q.read().confirmed()).isEqualTo(seqs.get(2));
        assertThat(q.read(seqs.get(3), 1).confirmed()).isEqualTo(seqs.get(2));
        assertThat(q.read().first()).isEqualTo(seqs.get(0));
        q.confirm(LAPTOP, seqs.get(1));
        assertThat(q.read().confirmed()).isEqualTo(seqs.get(2));
        assertThat(q.read().first()).isEqualTo(seqs.get(2));
    }

    @Test
    default void a_read_starts_behind_its_place(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(6));

        assertThat(QueueFixture.seqs(q.read(seqs.get(2), 10).events())).isEqualTo(seqs.subList(3, 6));
    }

    @Test
    default void a_read_gives_no_more_than_its_limit(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(6));

        assertThat(QueueFixture.seqs(q.read(0, 2).events())).isEqualTo(seqs.subList(0, 2));
        assertThat(QueueFixture.seqs(q.read(seqs.get(1), 1).events())).containsExactly(seqs.get(2));
    }

    @Test
    default void a_read_from_below_the_head_starts_at_the_head(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));

        assertThat(QueueFixture.seqs(q.read(seqs.get(0) - 1, 10).events())).isEqualTo(seqs);
        assertThat(QueueFixture.seqs(q.read(seqs.get(0) - 1000, 10).events())).isEqualTo(seqs);
        assertThat(QueueFixture.seqs(q.read(1, 10).events())).isEqualTo(seqs);
    }

    @Test
    default void a_read_from_the_tail_or_behind_it_is_empty(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));

        for (long after : List.of(seqs.get(2), seqs.get(2) + 1, seqs.get(2) + 1000, Long.MAX_VALUE)) {
            QueueSlice slice = q.read(after, 10);
            assertThat(slice.events()).as("behind %s", after).isEmpty();
            assertThat(slice.first()).isEqualTo(seqs.get(0));
            assertThat(slice.next()).isEqualTo(seqs.get(2) + 1);
        }
    }

    @Test
    default void pages_follow_each_other_without_loss_or_repetition(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(100));

        assertThat(QueueFixture.seqs(QueueFixture.readOn(q.other(), q.bob, 0, 7)))
                .isEqualTo(seqs);
    }

    @Test
    default void a_read_changes_nothing(QueueFixture q) {
        q.attach(QueueFixture.PHONE);
        q.append(5);
        QueueSlice before = q.read();

        assertThat(q.read()).isEqualTo(before);
        assertThat(q.read(before.first(), 2).first()).isEqualTo(before.first());
        assertThat(q.read()).isEqualTo(before);
    }
}
