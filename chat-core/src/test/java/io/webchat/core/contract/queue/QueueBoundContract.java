package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that the queue is bounded in length and tells its reader about dropped events. */
interface QueueBoundContract {
    int MAX = 10;

    private static QueueFixture bounded(QueueFixture q) {
        return q.bounded(QueueLimits.DEFAULT.withMaxEvents(MAX));
    }

    @Test
    default void G10_a_queue_at_its_bound_keeps_everything(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(bounded(q).append(MAX));

        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void G10_beyond_the_bound_the_oldest_go_and_first_tells(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(bounded(q).append(MAX + 5));
        QueueSlice slice = q.read();

        assertThat(QueueFixture.seqs(slice.events())).isEqualTo(seqs.subList(5, MAX + 5));
        assertThat(slice.first()).isEqualTo(seqs.get(5));
        assertThat(slice.next()).isEqualTo(seqs.get(MAX + 4) + 1);
    }

    @Test
    default void G10_the_bound_holds_whatever_devices_have_confirmed(QueueFixture q) {
        bounded(q).attach(PHONE);
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(MAX));
        q.confirm(PHONE, seqs.get(MAX - 1));
        q.append(3);

        assertThat(q.waiting()).hasSize(MAX).startsWith(seqs.get(3));
    }

    @Test
    default void G10_a_device_whose_events_were_trimmed_can_tell(QueueFixture q) {
        bounded(q).attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(MAX + 5));
        AttachedDevice back = q.attach(PHONE);

        assertThat(back.cursor()).isLessThan(q.read().first() - 1);
        assertThat(back.cursor()).isEqualTo(seqs.get(0) - 1);
    }

    @Test
    default void G10_a_new_device_that_names_a_place_below_the_head_can_tell(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(bounded(q).append(MAX + 5));
        AttachedDevice back = q.attach(PHONE, seqs.get(1));

        assertThat(back.cursor()).isEqualTo(seqs.get(1)).isLessThan(q.read().first() - 1);
    }

    @Test
    default void a_new_device_that_names_no_Seq_has_missed_nothing(QueueFixture q) {
        bounded(q).append(MAX + 5);

        assertThat(q.attach(PHONE).cursor()).isEqualTo(q.read().first() - 1);
    }

    @Test
    default void a_trimmed_queue_is_confirmed_like_any_other(QueueFixture q) {
        bounded(q).attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(MAX + 5));

        q.confirm(PHONE, seqs.get(2));
        assertThat(q.waiting()).as("behind what was trimmed already").isEqualTo(seqs.subList(5, MAX + 5));
        q.confirm(PHONE, seqs.get(7));
        assertThat(q.waiting()).isEqualTo(seqs.subList(8, MAX + 5));
        assertThat(q.append(q.message("next")).seq()).isEqualTo(seqs.get(MAX + 4) + 1);
    }

    @Test
    default void a_read_from_a_trimmed_place_starts_at_the_head(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(bounded(q).append(MAX + 5));

        assertThat(QueueFixture.seqs(q.read(seqs.get(1), 3).events())).isEqualTo(seqs.subList(5, 8));
    }

    @Test
    default void G10_the_bound_holds_while_two_nodes_append_at_once(QueueFixture q) {
        bounded(q);
        ConcurrentCalls.run(
                4,
                i -> StageResults.awaitAll(IntStream.range(0, 25)
                        .mapToObj(n -> q.node(i).append(q.bob, q.message("text " + n)))
                        .toList()));
        QueueSlice slice = q.read();

        assertThat(slice.events()).hasSize(MAX);
        assertThat(slice.first()).isEqualTo(slice.next() - MAX);
    }
}
