package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of the process waits for no store for longer than the budget of the whole shutdown. */
class ShutdownTest {
    private static Running closing(Consumer<Duration> close) {
        return new Running() {
            @Override
            public List<String> greeting() {
                return List.of();
            }

            @Override
            public void close(Duration grace) {
                close.accept(grace);
            }
        };
    }

    @Test
    void theDrainLeavesAPartOfTheBudgetToTheStores() {
        AtomicReference<Duration> grace = new AtomicReference<>();

        new Shutdown(closing(grace::set), Duration.ofSeconds(10)).run();

        assertThat(grace.get()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void G14_aStoreThatHangsDoesNotHoldTheProcess() {
        CountDownLatch never = new CountDownLatch(1);
        try (LogLines log = new LogLines(Shutdown.class)) {
            new Shutdown(closing(grace -> awaitOrFail(never)), Duration.ofMillis(50)).run();

            assertThat(log.get()).containsExactly("WARN Not everything was closed in 50 ms; ending all the same");
        } finally {
            never.countDown();
        }
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody released the store");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
