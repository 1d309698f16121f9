package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Proves that a {@link io.webchat.core.spi.queue.LastSeenTimes} tells when a user was seen. Other queues skip it. */
interface QueueLastSeenContract {
    /** The shortest time between two steps of a test. */
    Duration HOUR = Duration.ofHours(1);

    private static long seen(QueueFixture q) {
        return q.lastSeen(0).orElseThrow();
    }

    @Test
    default void a_user_is_seen_whenever_a_device_attaches_confirms_or_leaves(QueueFixture q) {
        q.withTimes().attach(PHONE);
        long attached = seen(q);
        q.advance(HOUR);
        q.confirm(PHONE, q.append(1).get(0).seq());
        long confirmed = seen(q);
        q.advance(HOUR);
        q.leave(0, PHONE);
        long left = seen(q);
        q.advance(HOUR);

        assertThat(confirmed).isGreaterThanOrEqualTo(attached + HOUR.toMillis());
        assertThat(left).isGreaterThanOrEqualTo(confirmed + HOUR.toMillis());
        assertThat(seen(q)).as("while nobody is there").isEqualTo(left);
    }

    @Test
    default void the_latest_of_all_devices_and_nodes_counts(QueueFixture q) {
        q.withTimes().attach(PHONE);
        q.attach(LAPTOP);
        q.advance(HOUR);
        q.leave(1, LAPTOP);
        long first = seen(q);
        q.advance(HOUR);
        q.leave(0, PHONE);

        assertThat(seen(q)).isGreaterThanOrEqualTo(first + HOUR.toMillis());
        assertThat(q.lastSeen(1)).hasValue(seen(q));
    }

    @Test
    default void a_user_without_devices_was_never_seen(QueueFixture q) {
        assertThat(q.withTimes().lastSeen(0)).isEmpty();
        q.append(2);
        assertThat(q.lastSeen(0)).isEmpty();
    }

    @Test
    default void a_device_that_leaves_unknown_stays_unknown(QueueFixture q) {
        q.withTimes().leave(0, PHONE);
        q.append(1);
        q.leave(0, PHONE);

        assertThat(q.lastSeen(0)).isEmpty();
        assertThat(q.read().devices()).isZero();
    }

    @Test
    default void leaving_changes_neither_the_events_nor_the_cursor(QueueFixture q) {
        q.withTimes().attach(PHONE);
        long first = q.append(3).get(0).seq();
        q.confirm(PHONE, first);
        QueueSlice before = q.read();
        q.leave(0, PHONE);
        q.leave(1, PHONE);

        assertThat(q.read()).isEqualTo(before);
        assertThat(q.attach(PHONE).cursor()).isEqualTo(first);
    }

    @Test
    default void the_time_is_forgotten_with_the_device(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDeviceAge(Duration.ofDays(3)));
        q.withTimes().attach(PHONE);
        q.advance(Duration.ofDays(2));
        q.leave(0, PHONE);
        q.advance(Duration.ofDays(2));
        assertThat(q.lastSeen(0)).as("two days after the end of the session").isPresent();
        q.advance(Duration.ofDays(2));

        assertThat(q.lastSeen(0)).isEmpty();
        assertThat(q.lastSeen(1)).isEmpty();
    }
}
