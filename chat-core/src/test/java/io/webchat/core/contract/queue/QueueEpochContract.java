package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.core.spi.queue.QueueSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a queue tells its epoch, and that nothing is confirmed before the epoch is restored. */
interface QueueEpochContract {
    @Test
    default void G8_a_new_queue_is_not_restored_and_its_first_event_gets_the_number_of_the_epoch(QueueFixture q) {
        AttachedDevice attached = q.withEpochs().attach(PHONE);
        long number = attached.epoch().number();

        assertThat(attached.epoch().restored()).isFalse();
        assertThat(attached.start()).isEqualTo(number);
        assertThat(attached.cursor()).isEqualTo(number - 1);
        assertThat(q.append(q.message("first")).seq()).isEqualTo(number);
    }

    @Test
    default void every_step_tells_the_same_epoch(QueueFixture q) {
        Appended appended = q.withEpochs().append(q.message("first"));
        QueueSlice slice = q.read();

        assertThat(appended.epoch()).isEqualTo(new QueueEpoch(appended.seq(), false));
        assertThat(q.attach(PHONE).epoch()).isEqualTo(appended.epoch());
        assertThat(slice.epoch()).isEqualTo(appended.epoch());
        assertThat(slice.events()).allSatisfy(each -> assertThat(each.epoch()).isEqualTo(appended.seq()));
        assertThat(q.append(slice.events().get(0).event()).epoch()).isEqualTo(appended.epoch());
    }

    @Test
    default void a_restored_epoch_says_so_on_every_node(QueueFixture q) {
        long number = q.withEpochs().append(q.message("first")).seq();
        assertThat(q.restore()).isTrue();

        QueueEpoch restored = new QueueEpoch(number, true);
        assertThat(q.epoch()).isEqualTo(restored);
        assertThat(q.append(q.message("second")).epoch()).isEqualTo(restored);
        assertThat(StageResults.await(q.other().attach(q.bob, PHONE, 0)).epoch())
                .isEqualTo(restored);
    }

    @Test
    default void a_queue_that_nobody_created_has_no_epoch(QueueFixture q) {
        assertThat(q.withEpochs().epoch()).isEqualTo(QueueEpoch.NONE);
        assertThat(q.restore(q.read().next(), 0)).isFalse();
        assertThat(q.confirm(PHONE, q.read().next(), 1)).isFalse();
        assertThat(q.epoch()).isEqualTo(QueueEpoch.NONE);
    }

    @Test
    default void G6_before_the_restore_nothing_is_confirmed(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));

        assertThat(q.confirm(PHONE, seqs.get(0), seqs.get(2))).isFalse();
        assertThat(q.waiting()).isEqualTo(seqs);
        assertThat(q.attach(PHONE).cursor()).isEqualTo(seqs.get(0) - 1);
    }

    @Test
    default void G6_a_confirmation_that_names_another_epoch_has_no_effect(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.restore();
        long epoch = q.epoch().number();

        for (long other : List.of(epoch - 1, epoch + 1, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            assertThat(q.confirm(PHONE, other, seqs.get(2)))
                    .as("epoch %s", other)
                    .isFalse();
        }
        assertThat(q.waiting()).isEqualTo(seqs);
        assertThat(q.confirm(PHONE, epoch, seqs.get(2))).isTrue();
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G6_after_a_loss_an_old_confirmation_has_no_effect(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        q.append(3);
        q.restore();
        long lost = q.epoch().number();
        q.loseData();
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(2));
        q.restore();

        assertThat(q.epoch().number()).isGreaterThan(lost + 2);
        assertThat(q.confirm(PHONE, lost, seqs.get(1))).isFalse();
        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void a_position_of_this_epoch_is_not_taken_for_one_of_an_earlier_epoch(QueueFixture q) {
        q.withEpochs().append(2);
        q.restore(q.logged(3));
        AttachedDevice attached = q.attach(PHONE, 0);
        List<Long> seqs = q.waiting();

        assertThat(attached.start()).isEqualTo(seqs.get(0));
        assertThat(List.of(0L, seqs.get(0) - 1, seqs.get(0), seqs.get(4), seqs.get(4) + 1))
                .noneMatch(attached::isOfEarlierEpoch);
        assertThat(List.of(1L, seqs.get(0) - 1_000_000)).allMatch(attached::isOfEarlierEpoch);
        assertThat(q.attach(LAPTOP, seqs.get(0) - 1_000_000).cursor()).isEqualTo(seqs.get(0) - 1);
    }
}
