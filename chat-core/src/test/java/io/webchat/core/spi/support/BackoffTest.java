package io.webchat.core.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration MAX = Duration.ofMillis(1_500);

    private static List<Duration> many(Backoff backoff, int before) {
        return Stream.generate(() -> backoff.delay(before)).limit(1_000).toList();
    }

    @Test
    void the_upper_bound_doubles_with_each_failure() {
        Backoff backoff = Backoff.fullJitter(FIRST, MAX);

        assertThat(many(backoff, 0)).allMatch(each -> each.compareTo(FIRST) <= 0);
        assertThat(many(backoff, 3))
                .allMatch(each -> each.compareTo(FIRST.multipliedBy(8)) <= 0)
                .anyMatch(each -> each.compareTo(FIRST.multipliedBy(4)) > 0);
    }

    @Test
    void no_wait_is_longer_than_the_maximum() {
        Backoff backoff = Backoff.fullJitter(FIRST, MAX);

        for (int before : new int[] {5, 6, 40, 62, 63, 64, 1_000, Integer.MAX_VALUE}) {
            assertThat(many(backoff, before))
                    .allMatch(each -> !each.isNegative() && each.compareTo(MAX) <= 0)
                    .anyMatch(each -> each.compareTo(MAX.dividedBy(2)) > 0);
        }
    }

    @Test
    void full_jitter_begins_at_zero_and_half_jitter_at_one_half() {
        assertThat(many(Backoff.fullJitter(FIRST, MAX), 2)).anyMatch(each -> each.compareTo(FIRST.multipliedBy(2)) < 0);
        assertThat(many(Backoff.halfJitter(FIRST, MAX), 2))
                .allMatch(each -> each.compareTo(FIRST.multipliedBy(2)) >= 0)
                .allMatch(each -> each.compareTo(FIRST.multipliedBy(4)) <= 0);
    }

    @Test
    void a_first_wait_that_is_not_positive_or_too_long_is_refused() {
        assertThatThrownBy(() -> Backoff.fullJitter(Duration.ZERO, MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.halfJitter(MAX.plusNanos(1), MAX))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
