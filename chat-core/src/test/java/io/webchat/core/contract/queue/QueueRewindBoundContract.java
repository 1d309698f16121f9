package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that a new epoch puts nothing back that was confirmed, or removed at the bound, however long ago that was. */
interface QueueRewindBoundContract {
    int MAX = 10;
    Duration LONG = Duration.ofHours(25);

    private static ChatEvent.Message[] appended(QueueFixture q, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> q.message("text " + i))
                .map(each -> each.copyTo(q.bob, q.append(each).storedAt()))
                .toArray(ChatEvent.Message[]::new);
    }

    /** 25 messages as the call log has them. The queue has removed the first 15, and is saved. */
    private static ChatEvent.Message[] trimmed(QueueFixture q, QueueLimits limits) {
        q.withEpochs().bounded(limits.withMaxEvents(MAX)).attach(PHONE);
        q.restored(q.bob);
        ChatEvent.Message[] all = appended(q, 25);
        q.save();
        return all;
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
    }

    @Test
    default void G10_a_trimmed_queue_keeps_its_newest_events_in_an_epoch_that_begins_a_day_later(QueueFixture q) {
        ChatEvent.Message[] all = trimmed(q, QueueLimits.DEFAULT);
        q.advance(LONG);
        q.goBack();
        q.restore(Arrays.copyOf(all, 15));

        assertThat(q.texts()).isEqualTo(texts(15, 25));
        assertThat(q.read().events()).extracting(Envelope::storedAt).isSorted();
        assertThat(q.attach(PHONE).cursor())
                .as("15 are missing, as before")
                .isEqualTo(q.read().first() - 16);
    }

    @Test
    default void G10_omitted_messages_from_before_a_trimmed_queue_take_no_events_with_them(QueueFixture q) {
        ChatEvent.Message[] all = trimmed(q, QueueLimits.DEFAULT);
        q.advance(LONG);
        q.goBack();
        q.restore(q.epoch().number(), 5, Arrays.copyOfRange(all, 5, 15));

        assertThat(q.texts()).isEqualTo(texts(15, 25));
        assertThat(q.attach(PHONE).cursor()).isEqualTo(q.read().first() - 16);
    }

    @Test
    default void G10_a_trimmed_queue_with_a_short_memory_of_resends_keeps_its_newest_events(QueueFixture q) {
        ChatEvent.Message[] all = trimmed(q, QueueLimits.DEFAULT.withMaxDedupe(2));
        q.goBack();
        q.append(q.message("next"));
        q.restore(q.epoch().number(), 5, Arrays.copyOfRange(all, 5, 15));

        assertThat(q.texts().subList(0, 9)).isEqualTo(texts(16, 25));
        assertThat(q.texts()).hasSize(MAX).endsWith("next");
    }

    @Test
    default void G8_messages_that_a_trimmed_queue_lost_are_put_back_at_its_end(QueueFixture q) {
        ChatEvent.Message[] all = trimmed(q, QueueLimits.DEFAULT);
        ChatEvent.Message[] lost = appended(q, 3);
        q.advance(LONG);
        q.goBack();
        long epoch = q.append(q.message("next")).seq();
        ChatEvent.Message[] undelivered =
                Stream.concat(Stream.of(all).skip(5).limit(10), Stream.of(lost)).toArray(ChatEvent.Message[]::new);
        q.restore(epoch, 5, undelivered);

        assertThat(q.texts().subList(0, 6)).isEqualTo(texts(19, 25));
        assertThat(q.texts()).endsWith("text 0", "text 1", "text 2", "next").hasSize(MAX);
    }

    @Test
    default void G10_events_of_an_unrestored_epoch_stay_if_omitted_messages_are_older(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxEvents(MAX)).attach(PHONE);
        ChatEvent.Message[] all = appended(q, 25);
        q.save();
        q.goBack();
        q.restore(q.epoch().number(), 5, Arrays.copyOfRange(all, 5, 15));

        assertThat(q.texts()).isEqualTo(texts(15, 25));
    }

    /** Returns the time when the phone, which has confirmed the given message, was seen last; the queue is saved. */
    private static long seenLater(QueueFixture q, ChatEvent.Message confirmed) {
        q.attach(PHONE);
        Appended first = q.append(confirmed);
        q.confirm(PHONE, first.seq());
        q.advance(Duration.ofMinutes(3));
        long seen = first.storedAt() + Duration.ofMinutes(3).toMillis();
        q.attach(PHONE);
        q.save();
        q.advance(LONG);
        q.goBack();
        q.attach(PHONE);
        return seen;
    }

    @Test
    default void G4_a_message_from_before_the_user_was_seen_is_not_put_back_days_later(QueueFixture q) {
        ChatEvent.Message confirmed = q.withEpochs().message("confirmed");
        long seen = seenLater(q, confirmed);
        q.restore(confirmed.copyTo(q.bob, seen - Duration.ofMinutes(3).toMillis()));

        assertThat(q.waiting()).isEmpty();
        assertThat(q.attach(PHONE).cursor()).isEqualTo(q.epoch().number() - 1);
    }

    @Test
    default void G8_a_message_that_was_logged_soon_before_the_user_was_seen_is_put_back_days_later(QueueFixture q) {
        long seen = seenLater(q.withEpochs(), q.message("confirmed"));
        q.restore(q.logged("lost", seen - Duration.ofMinutes(1).toMillis()));

        assertThat(q.texts()).containsExactly("lost");
    }
}
