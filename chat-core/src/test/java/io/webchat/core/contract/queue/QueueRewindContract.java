package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueEpoch;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Proves the promises that hold after the queue's server came back with an older state. Skipped if the backend cannot
 * go back.
 */
interface QueueRewindContract {
    /** Three events, of which the phone has confirmed the first; all of them are saved, and two more are lost. */
    private static List<Long> lostTwoOfFive(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        q.attach(LAPTOP);
        List<Appended> kept = q.append(3);
        q.confirm(PHONE, kept.get(0).seq());
        q.save();
        List<Appended> lost = q.append(2);
        q.goBack();
        return List.of(kept.get(2).seq(), lost.get(1).seq());
    }

    @Test
    default void G8_a_queue_that_went_back_begins_an_epoch_above_every_earlier_Seq(QueueFixture q) {
        long lost = lostTwoOfFive(q).get(1);
        QueueEpoch epoch = q.epoch();

        assertThat(epoch.restored()).isFalse();
        assertThat(epoch.number()).isGreaterThan(lost + 3);
        assertThat(q.append(q.message("next")).seq()).isEqualTo(epoch.number());
        assertThat(q.epoch()).as("one new epoch is enough").isEqualTo(epoch);
    }

    @Test
    default void G8_its_events_stand_directly_below_the_new_epoch_in_their_order(QueueFixture q) {
        long lost = lostTwoOfFive(q).get(1);
        long epoch = q.append(q.message("next")).seq();

        assertThat(q.texts()).containsExactly("text 0", "text 1", "text 2", "next");
        assertThat(q.waiting())
                .isEqualTo(LongStream.rangeClosed(epoch - 3, epoch).boxed().toList());
        assertThat(q.read().first()).isGreaterThan(lost);
        assertThat(q.read().events())
                .allSatisfy(each -> assertThat(each.epoch()).isEqualTo(epoch));
        assertThat(q.read().events()).extracting(Envelope::storedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void G4_cursors_move_along_with_their_events(QueueFixture q) {
        lostTwoOfFive(q);
        long epoch = q.append(q.message("next")).seq();
        AttachedDevice phone = q.attach(PHONE);

        assertThat(phone.cursor()).isEqualTo(epoch - 3);
        assertThat(phone.start()).isEqualTo(epoch - 3);
        assertThat(phone.devices()).isEqualTo(2);
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(epoch - 4);
    }

    @Test
    default void G4_a_device_that_names_an_old_Seq_goes_on_at_its_cursor(QueueFixture q) {
        List<Long> old = lostTwoOfFive(q);
        long epoch = q.append(q.message("next")).seq();

        for (long seq : old) {
            AttachedDevice phone = q.attach(PHONE, seq);
            assertThat(phone.isOfEarlierEpoch(seq)).isTrue();
            assertThat(phone.cursor()).isEqualTo(epoch - 3);
        }
    }

    @Test
    default void G8_lost_messages_are_restored_between_the_older_and_the_younger_events(QueueFixture q) {
        lostTwoOfFive(q);
        long epoch = q.append(q.message("next")).seq();
        assertThat(q.restore(q.logged(2))).isTrue();

        assertThat(q.texts()).containsExactly("text 0", "text 1", "text 2", "lost 0", "lost 1", "next");
        assertThat(q.waiting())
                .isEqualTo(LongStream.rangeClosed(epoch - 5, epoch).boxed().toList());
        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 5);
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(epoch - 6);
        assertThat(q.attach(PHONE).start()).isEqualTo(epoch - 5);
        assertThat(q.read().events()).extracting(Envelope::storedAt).isSorted();
    }

    @Test
    default void G6_a_restored_queue_that_went_back_is_confirmed_like_any_other(QueueFixture q) {
        lostTwoOfFive(q);
        q.append(q.message("next"));
        q.restore(q.logged(2));
        List<Long> seqs = q.waiting();

        q.confirm(PHONE, seqs.get(5));
        q.confirm(LAPTOP, seqs.get(3));
        assertThat(q.texts()).containsExactly("lost 1", "next");
        q.confirm(LAPTOP, seqs.get(5));
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G6_a_confirmation_of_the_earlier_epoch_has_no_effect(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        List<Appended> kept = q.append(3);
        long before = q.restored(q.bob);
        q.save();
        q.goBack();

        assertThat(q.confirm(PHONE, before, kept.get(2).seq())).isFalse();
        assertThat(q.restore()).isTrue();
        assertThat(q.confirm(PHONE, before, kept.get(2).seq())).isFalse();
        assertThat(q.waiting()).hasSize(3);
    }

    @Test
    default void G2_what_the_queue_still_knows_is_a_resend_and_is_not_restored(QueueFixture q) {
        ChatEvent.Message[] all = q.withEpochs().logged(3);
        Appended first = q.append(all[0]);
        q.restored(q.bob);
        q.save();
        q.append(all[1]);
        q.goBack();

        Appended again = q.append(all[0]);
        assertThat(again.duplicate()).isTrue();
        assertThat(again.seq()).as("the old Seq names nothing any more").isZero();
        assertThat(again.storedAt()).isEqualTo(first.storedAt());
        q.restore(all);
        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "lost 2");
    }

    @Test
    default void G8_a_queue_that_lost_nothing_begins_a_new_epoch_too(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        q.append(2);
        long before = q.restored(q.bob);
        q.save();
        q.goBack();

        assertThat(q.epoch().number()).isGreaterThan(before + 2);
        assertThat(q.restore()).isTrue();
        assertThat(q.texts()).containsExactly("text 0", "text 1");
    }

    @Test
    default void G8_a_queue_that_goes_back_twice_keeps_what_it_has(QueueFixture q) {
        lostTwoOfFive(q);
        q.append(q.message("next"));
        q.restore();
        q.save();
        q.append(q.message("lost in the second epoch"));
        q.goBack();
        long epoch = q.append(q.message("last")).seq();

        assertThat(q.texts()).containsExactly("text 0", "text 1", "text 2", "next", "last");
        assertThat(q.waiting())
                .isEqualTo(LongStream.rangeClosed(epoch - 4, epoch).boxed().toList());
        assertThat(q.restore(q.logged(1))).isTrue();
        assertThat(q.texts()).containsExactly("text 0", "text 1", "text 2", "next", "lost 0", "last");
    }

    @Test
    default void G3_among_the_events_of_an_epoch_that_was_never_restored_lost_messages_stand_by_time(QueueFixture q) {
        lostTwoOfFive(q);
        long one = q.append(q.message("one")).storedAt();
        q.advance(Duration.ofMinutes(1));
        long two = q.append(q.message("two")).storedAt();
        q.save();
        q.goBack();
        long epoch = q.append(q.message("three")).seq();
        q.restore(
                q.logged("before one", one - 1),
                q.logged("between", one + 1),
                q.logged("between too", two - 1),
                q.logged("behind two", two + 1));

        assertThat(q.texts())
                .containsExactly(
                        "text 0",
                        "text 1",
                        "text 2",
                        "before one",
                        "one",
                        "between",
                        "between too",
                        "two",
                        "behind two",
                        "three");
        assertThat(q.waiting())
                .isEqualTo(LongStream.rangeClosed(epoch - 9, epoch).boxed().toList());
        assertThat(q.read().events()).extracting(Envelope::storedAt).isSorted();
        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 9);
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(epoch - 10);
    }

    @Test
    default void G3_a_queue_that_goes_back_before_anybody_looked_gets_its_last_messages_at_its_end(QueueFixture q) {
        List<Appended> kept = q.withEpochs().append(3);
        q.save();
        q.append(2);
        q.goBack();
        q.restore(q.logged("lost", kept.get(2).storedAt() + 1));

        assertThat(q.texts()).containsExactly("text 0", "text 1", "text 2", "lost");
    }

    @Test
    default void G8_a_device_of_an_earlier_epoch_is_told_until_it_attaches_to_the_restored_one(QueueFixture q) {
        assertThat(q.withEpochs().attach(PHONE).mayHaveMissed())
                .as("a new device")
                .isFalse();
        q.restore();
        q.attach(LAPTOP);
        q.append(1);
        q.save();
        q.goBack();

        assertThat(q.attach(PHONE).mayHaveMissed()).as("before the restore").isTrue();
        assertThat(q.attach(PHONE).mayHaveMissed()).as("again").isTrue();
        assertThat(q.attach(DeviceId.of("tablet")).mayHaveMissed())
                .as("a new device of this epoch")
                .isFalse();
        q.restore();
        for (DeviceId each : List.of(PHONE, LAPTOP)) {
            assertThat(q.attach(each).mayHaveMissed()).as("%s", each).isTrue();
            assertThat(q.attach(each).mayHaveMissed())
                    .as("%s has been told", each)
                    .isFalse();
        }
        q.save();
        q.goBack();
        assertThat(q.attach(PHONE).mayHaveMissed()).as("another epoch").isTrue();
    }

    @Test
    default void G10_omitted_messages_take_the_older_events_with_them(QueueFixture q) {
        lostTwoOfFive(q);
        long epoch = q.append(q.message("next")).seq();
        q.restore(epoch, 4, q.logged(2));

        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "next");
        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 9);
        assertThat(q.read().first()).isEqualTo(epoch - 2);
    }

    @Test
    default void G8_of_many_steps_at_once_one_begins_the_epoch(QueueFixture q) {
        lostTwoOfFive(q);
        List<Long> epochs = ConcurrentCalls.run(
                8,
                i -> StageResults.await(q.node(i).append(q.bob, q.message("at once " + i)))
                        .epoch()
                        .number());

        assertThat(epochs.stream().distinct()).hasSize(1);
        assertThat(q.waiting())
                .isEqualTo(LongStream.range(epochs.get(0) - 3, epochs.get(0) + 8)
                        .boxed()
                        .toList());
    }
}
