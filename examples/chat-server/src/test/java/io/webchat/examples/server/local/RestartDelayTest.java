package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that keeps dying is started ever more seldom, and one that ran for long at once. */
class RestartDelayTest {
    private final RestartDelay delay = new RestartDelay();

    @Test
    void pausesGrowUpToHalfAMinute() {
        assertThat(Stream.generate(() -> delay.after(Duration.ofSeconds(59)).toMillis())
                        .limit(9))
                .containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aLongLifeStartsThemAnew() {
        for (int i = 0; i < 5; i++) {
            delay.after(Duration.ZERO);
        }

        assertThat(delay.after(Duration.ofMinutes(1))).isZero();
        assertThat(delay.after(Duration.ZERO)).hasMillis(500);
    }
}
