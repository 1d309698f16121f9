package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a restored queue keeps its bounds, and that queues are bounded in bytes. */
interface QueueRestoreBoundContract {
    int MAX = 10;

    private static QueueFixture bounded(QueueFixture q) {
        return q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxEvents(MAX));
    }

    @Test
    default void G10_of_too_many_lost_messages_the_oldest_go_and_a_device_can_tell_how_many(QueueFixture q) {
        long epoch = bounded(q).attach(PHONE).epoch().number();
        q.append(4);
        q.restore(q.logged(9));

        assertThat(q.texts()).hasSize(MAX).startsWith("lost 3").endsWith("text 3");
        assertThat(q.read().first()).isEqualTo(epoch - 6);
        assertThat(q.attach(PHONE).cursor()).as("three are missing").isEqualTo(epoch - 10);
        assertThat(q.attach(LAPTOP).cursor()).as("a new device").isEqualTo(epoch - 7);
    }

    @Test
    default void G10_a_full_queue_has_no_capacity_for_lost_messages(QueueFixture q) {
        long epoch = bounded(q).attach(PHONE).epoch().number();
        List<Long> seqs = QueueFixture.seqsOf(q.append(MAX));
        assertThat(q.restore(q.logged(3))).isTrue();

        assertThat(q.waiting()).isEqualTo(seqs);
        assertThat(q.attach(PHONE).cursor()).as("three are missing").isEqualTo(epoch - 4);
    }

    @Test
    default void G10_a_queue_that_was_trimmed_before_its_restore_goes_on(QueueFixture q) {
        long epoch = bounded(q).attach(PHONE).epoch().number();
        List<Long> seqs = QueueFixture.seqsOf(q.append(MAX + 5));
        assertThat(q.restore(q.logged(3))).isTrue();

        assertThat(q.waiting()).isEqualTo(seqs.subList(5, MAX + 5));
        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 4);
        assertThat(q.append(q.message("next")).seq()).isEqualTo(seqs.get(MAX + 4) + 1);
    }

    @Test
    default void G10_omitted_messages_count_as_removed(QueueFixture q) {
        long epoch = bounded(q).attach(PHONE).epoch().number();
        q.append(1);
        assertThat(q.restore(epoch, 7, q.logged(2))).isTrue();

        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "text 0");
        AttachedDevice attached = q.attach(PHONE);
        assertThat(attached.cursor()).as("seven are missing").isEqualTo(epoch - 10);
        assertThat(attached.start()).isEqualTo(epoch - 9);
        assertThat(q.read().first()).isEqualTo(epoch - 2);
    }

    @Test
    default void G10_restored_messages_beyond_their_age_go(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxAge(Duration.ofDays(2)));
        q.attach(PHONE);
        long now = System.currentTimeMillis();
        q.restore(
                q.logged("too old", now - Duration.ofDays(3).toMillis()),
                q.logged("young", now - Duration.ofDays(1).toMillis()));

        assertThat(q.texts()).containsExactly("young");
    }

    @Test
    default void G10_the_bound_in_bytes_holds_for_restored_messages(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxBytes(20_000));
        q.attach(PHONE);
        long now = System.currentTimeMillis();
        q.restore(IntStream.range(0, 50)
                .mapToObj(i -> q.logged(i + "x".repeat(1000), now - 100 + i))
                .toArray(ChatEvent.Message[]::new));

        assertThat(q.texts())
                .hasSizeBetween(13, 20)
                .last()
                .satisfies(text -> assertThat(text).startsWith("49"));
    }

    @Test
    default void G10_beyond_the_bound_in_bytes_the_oldest_go_and_the_append_tells_how_many(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxBytes(20_000));
        List<Appended> appended = IntStream.range(0, 50)
                .mapToObj(i -> q.append(q.message("x".repeat(1000))))
                .toList();
        List<Long> waiting = q.waiting();

        assertThat(waiting).hasSizeBetween(13, 20).endsWith(appended.get(49).seq());
        assertThat(q.read().first()).isEqualTo(waiting.get(0));
        assertThat(appended.stream().mapToInt(Appended::removed).sum()).isEqualTo(50 - waiting.size());
        assertThat(appended.get(0).removed()).isZero();
    }

    @Test
    default void G10_one_event_beyond_the_bound_in_bytes_is_kept_alone(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxBytes(2_000));
        q.append(3);
        long large = q.append(q.message("é".repeat(2_000))).seq();
        assertThat(q.waiting()).containsExactly(large);

        long small = q.append(q.message("small")).seq();
        assertThat(q.waiting()).containsExactly(small);
    }

    @Test
    default void G10_confirmed_events_give_their_bytes_back(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxBytes(20_000));
        q.attach(PHONE);
        for (int i = 0; i < 50; i++) {
            Appended appended = q.append(q.message("x".repeat(1000)));
            assertThat(appended.removed()).isZero();
            assertThat(q.confirm(PHONE, appended.seq())).isTrue();
        }
        assertThat(q.append(q.message("x".repeat(1000))).removed()).isZero();
    }

    @Test
    default void G10_an_append_to_a_full_queue_tells_how_many_events_were_removed(QueueFixture q) {
        List<Appended> appended = bounded(q).append(MAX + 3);

        assertThat(appended.stream().map(Appended::removed))
                .startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                .endsWith(1, 1, 1);
    }
}
