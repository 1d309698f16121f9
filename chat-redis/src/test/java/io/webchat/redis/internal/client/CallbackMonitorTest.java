package io.webchat.redis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A callback that blocks is found once; a busy or paused process is no such callback. */
class CallbackMonitorTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong();
    private final CallbackMonitor monitor = new CallbackMonitor(now::get);

    private boolean after(Duration time) {
        now.addAndGet(time.toNanos());
        return monitor.findsBlocked(LIMIT);
    }

    @Test
    void aCallbackThatBlocksIsFoundOnce() {
        monitor.run(() -> {
            assertThat(after(Duration.ZERO)).isFalse();
            assertThat(after(Duration.ofSeconds(1))).isFalse();
            assertThat(after(Duration.ofMillis(1001))).isTrue();
            assertThat(after(Duration.ofSeconds(5))).isFalse();
        });
    }

    @Test
    void theNextCallbackThatBlocksIsFoundToo() {
        for (int i = 0; i < 2; i++) {
            monitor.run(() -> {
                after(Duration.ZERO);
                after(Duration.ofSeconds(2));
                assertThat(after(Duration.ofSeconds(2))).isTrue();
            });
        }
    }

    @Test
    void manyShortCallbacksAreNotBlocked() {
        for (int i = 0; i < 100; i++) {
            monitor.run(() -> assertThat(after(Duration.ofSeconds(1))).isFalse());
        }
    }

    @Test
    void aThreadWithoutCallbacksIsNotBlocked() {
        for (int i = 0; i < 10; i++) {
            assertThat(after(Duration.ofSeconds(1))).isFalse();
        }
    }

    @Test
    void aPauseOfTheWholeProcessIsNoBlockedCallback() {
        monitor.run(() -> {
            after(Duration.ZERO);

            assertThat(after(Duration.ofMinutes(1))).isFalse();
        });
    }

    @Test
    void aCallbackThatThrowsEnds() {
        try {
            monitor.run(() -> {
                throw new IllegalStateException("expected");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("expected");
        }
        after(Duration.ZERO);
        after(Duration.ofSeconds(2));

        assertThat(after(Duration.ofSeconds(2))).isFalse();
    }
}
