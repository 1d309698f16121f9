package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that old events and devices unseen for long are removed. Skipped if the backend's clock cannot be moved. */
interface QueueAgeContract {
    @Test
    default void G10_events_beyond_their_age_go_and_first_tells(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofDays(2)));
        q.append(3);
        q.advance(Duration.ofDays(1));
        List<Long> younger = QueueFixture.seqsOf(q.append(2));
        q.advance(Duration.ofHours(25));
        QueueSlice slice = q.read();

        assertThat(QueueFixture.seqs(slice.events())).isEqualTo(younger);
        assertThat(slice.first()).isEqualTo(younger.get(0));
    }

    @Test
    default void Seqs_go_on_when_everything_has_aged_away(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofDays(2)));
        long last = q.append(3).get(2).seq();
        q.advance(Duration.ofDays(3));

        assertThat(q.waiting()).isEmpty();
        assertThat(q.append(q.message("later")).seq()).isGreaterThan(last);
    }

    @Test
    default void G10_a_device_whose_events_aged_away_can_tell(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofDays(2)));
        long place = q.attach(PHONE).cursor();
        q.append(3);
        q.advance(Duration.ofDays(3));

        assertThat(q.attach(PHONE).cursor())
                .isEqualTo(place)
                .isLessThan(q.read().first() - 1);
    }

    @Test
    default void a_device_unseen_for_long_is_forgotten(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        q.attach(PHONE);
        q.advance(Duration.ofDays(2));
        assertThat(q.attach(LAPTOP).devices()).isEqualTo(2);
        q.advance(Duration.ofDays(2));

        assertThat(q.attach(LAPTOP).devices()).isEqualTo(1);
    }

    @Test
    default void events_that_only_a_forgotten_device_had_not_confirmed_go_with_it(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        q.attach(PHONE);
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(4));
        q.advance(Duration.ofDays(2));
        q.confirm(LAPTOP, seqs.get(2));
        assertThat(q.waiting()).isEqualTo(seqs);
        q.advance(Duration.ofDays(2));

        assertThat(q.waiting()).isEqualTo(seqs.subList(3, 4));
    }

    @Test
    default void queued_events_stay_when_the_last_device_is_forgotten(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        q.attach(PHONE);
        List<Long> seqs = QueueFixture.seqsOf(q.append(4));
        q.confirm(PHONE, seqs.get(0));
        q.advance(Duration.ofDays(4));

        AttachedDevice again = q.attach(LAPTOP);
        assertThat(again.devices()).isEqualTo(1);
        assertThat(again.cursor()).isEqualTo(seqs.get(0));
        assertThat(q.waiting()).isEqualTo(seqs.subList(1, 4));
    }

    @Test
    default void a_device_that_attaches_or_confirms_is_seen(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        q.attach(PHONE);
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(2));
        q.advance(Duration.ofDays(2));
        q.attach(PHONE);
        q.confirm(LAPTOP, seqs.get(0));
        q.advance(Duration.ofDays(2));

        assertThat(q.attach(PHONE).devices()).isEqualTo(2);
        assertThat(q.waiting()).isEqualTo(seqs);
    }

    @Test
    default void a_forgotten_device_comes_back_as_a_new_one_with_a_higher_generation(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        AttachedDevice before = q.attach(PHONE);
        q.attach(LAPTOP);
        q.advance(Duration.ofDays(4));
        q.attach(LAPTOP);
        List<Long> seqs = QueueFixture.seqsOf(q.append(2));
        AttachedDevice back = q.attach(PHONE);

        assertThat(back.generation()).isGreaterThan(before.generation());
        assertThat(back.cursor()).isEqualTo(seqs.get(0) - 1);
    }
}
