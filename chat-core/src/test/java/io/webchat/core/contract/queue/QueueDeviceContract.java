package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that an attached device gets its cursor, its generation and the number of devices. */
interface QueueDeviceContract {
    @Test
    default void the_first_device_of_an_unknown_user_is_behind_nothing(QueueFixture q) {
        AttachedDevice attached = q.attach(PHONE);

        assertThat(attached.cursor()).isEqualTo(q.read().next() - 1);
        assertThat(attached.devices()).isEqualTo(1);
        assertThat(attached.generation()).isPositive();
    }

    @Test
    default void a_new_device_starts_at_the_head_and_gets_all_that_waits(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        AttachedDevice attached = q.attach(PHONE);

        assertThat(attached.cursor()).isEqualTo(seqs.get(0) - 1);
        assertThat(QueueFixture.seqs(q.read(attached.cursor(), 10).events())).isEqualTo(seqs);
    }

    @Test
    default void a_second_device_starts_at_the_head_of_the_queue(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        q.attach(PHONE);
        q.confirm(PHONE, seqs.get(1));

        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(seqs.get(1));
        assertThat(q.waiting()).isEqualTo(seqs.subList(2, 5));
    }

    @Test
    default void a_known_device_goes_on_after_its_confirmed_Seq(QueueFixture q) {
        q.attach(LAPTOP);
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        q.confirm(PHONE, seqs.get(2));

        assertThat(q.attach(PHONE).cursor()).isEqualTo(seqs.get(2));
        assertThat(StageResults.await(q.other().attach(q.bob, PHONE, 0)).cursor())
                .isEqualTo(seqs.get(2));
    }

    @Test
    default void after_confirms_nothing_since_receipts_come_first(QueueFixture q) {
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));

        assertThat(q.attach(PHONE, seqs.get(2)).cursor()).isEqualTo(seqs.get(0) - 1);
        assertThat(q.attach(LAPTOP, seqs.get(3)).cursor()).isEqualTo(seqs.get(0) - 1);
        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void an_after_of_0_has_no_effect(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(2));
        q.attach(PHONE);
        q.confirm(PHONE, seqs.get(0));

        assertThat(q.attach(PHONE, 0).cursor()).isEqualTo(seqs.get(0));
    }

    @Test
    default void an_after_that_never_existed_has_no_effect(QueueFixture q) {
        List<Long> seqs = QueueFixture.seqsOf(q.append(2));
        long place = q.attach(PHONE).cursor();

        for (long after : List.of(seqs.get(1) + 1, seqs.get(1) + 1_000_000, Long.MAX_VALUE, -1L, Long.MIN_VALUE)) {
            assertThat(q.attach(PHONE, after).cursor()).as("after %s", after).isEqualTo(place);
        }
        assertThat(q.attach(LAPTOP, Long.MAX_VALUE).cursor()).isEqualTo(place);
        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void an_after_below_the_cursor_does_not_move_it_back(QueueFixture q) {
        q.attach(LAPTOP);
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(5));
        q.confirm(PHONE, seqs.get(3));

        assertThat(q.attach(PHONE, seqs.get(1)).cursor()).isEqualTo(seqs.get(3));
    }

    @Test
    default void each_attach_has_a_higher_generation_on_every_node(QueueFixture q) {
        List<Long> generations = List.of(
                q.attach(PHONE).generation(),
                q.attach(PHONE).generation(),
                StageResults.await(q.other().attach(q.bob, PHONE, 0)).generation(),
                q.attach(PHONE).generation());

        assertThat(generations).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void attaches_at_once_have_different_generations(QueueFixture q) {
        List<AttachedDevice> all =
                ConcurrentCalls.run(8, i -> StageResults.await(q.node(i).attach(q.bob, PHONE, 0)));

        assertThat(all).extracting(AttachedDevice::generation).doesNotHaveDuplicates();
        assertThat(all).extracting(AttachedDevice::devices).containsOnly(1);
    }

    @Test
    default void devices_are_counted_once_each(QueueFixture q) {
        assertThat(q.attach(PHONE).devices()).isEqualTo(1);
        assertThat(q.attach(LAPTOP).devices()).isEqualTo(2);
        assertThat(q.attach(PHONE).devices()).isEqualTo(2);
        assertThat(StageResults.await(q.other().attach(q.bob, DeviceId.of("tablet"), 0))
                        .devices())
                .isEqualTo(3);
        assertThat(q.attach(LAPTOP).devices()).isEqualTo(3);
    }

    @Test
    default void one_device_too_many_replaces_the_one_unseen_for_longest(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxDevices(2));
        q.attach(PHONE);
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(LAPTOP, seqs.get(0));

        AttachedDevice tablet = q.attach(DeviceId.of("tablet"));
        assertThat(tablet.devices()).isEqualTo(2);
        assertThat(tablet.cursor())
                .as("what only the phone had not confirmed went with it")
                .isEqualTo(seqs.get(0));
        assertThat(q.waiting()).isEqualTo(seqs.subList(1, 3));
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(seqs.get(0));
        assertThat(q.attach(PHONE).cursor()).as("a new device").isEqualTo(seqs.get(0));
    }

    @Test
    default void the_only_device_that_may_be_is_replaced_without_loss(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxDevices(1));
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(3));
        q.confirm(PHONE, seqs.get(0));

        assertThat(q.attach(LAPTOP).devices()).isEqualTo(1);
        assertThat(q.waiting()).isEqualTo(seqs.subList(1, 3));
    }

    @Test
    default void a_read_tells_how_many_devices_are_known(QueueFixture q) {
        assertThat(q.read().devices()).isZero();
        q.attach(PHONE);
        q.attach(LAPTOP);
        q.attach(PHONE);

        assertThat(StageResults.await(q.other().read(q.bob, 0, 1)).devices()).isEqualTo(2);
        assertThat(StageResults.await(q.node().read(q.carol, 0, 1)).devices()).isZero();
    }

    @Test
    default void devices_of_different_users_are_independent(QueueFixture q) {
        q.attach(PHONE);
        q.append(2);

        assertThat(StageResults.await(q.node().attach(q.carol, PHONE, 0)).devices())
                .isEqualTo(1);
        StageResults.await(
                q.node().confirm(q.carol, PHONE, q.restored(q.carol), q.read().next() - 1));
        assertThat(q.waiting()).hasSize(2);
    }
}
