package io.webchat.socketio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How often the host is asked whether it is ready, and its answers. */
class ReadinessCheckTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Supplier<CompletionStage<Boolean>> host = () -> CompletableFuture.completedStage(true);
    private final ReadinessCheck check = new ReadinessCheck(
            () -> {
                asked.incrementAndGet();
                return host.get();
            },
            now::get);

    private boolean ready() {
        return check.ask().toCompletableFuture().join();
    }

    @Test
    void theHostIsAskedOnceASecond() {
        for (int i = 0; i < 20; i++) {
            assertThat(ready()).isTrue();
        }
        assertThat(asked).hasValue(1);

        now.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(ready()).isTrue();
        assertThat(asked).hasValue(1);
        now.addAndGet(1);
        assertThat(ready()).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aQuestionUnderWayIsNotAskedAgain() {
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        host = () -> slow;
        CompletionStage<Boolean> first = check.ask();
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        CompletionStage<Boolean> second = check.ask();

        assertThat(asked).hasValue(1);
        slow.complete(true);
        assertThat(first.toCompletableFuture().join()).isTrue();
        assertThat(second.toCompletableFuture().join()).isTrue();
    }

    @Test
    void aNoAFailureAndAnExceptionAllMeanNotReady() {
        for (Supplier<CompletionStage<Boolean>> no : List.<Supplier<CompletionStage<Boolean>>>of(
                () -> CompletableFuture.completedStage(false),
                () -> CompletableFuture.failedStage(new IllegalStateException("down")),
                () -> {
                    throw new IllegalStateException("down");
                })) {
            host = () -> CompletableFuture.completedStage(true);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(ready()).isTrue();
            host = no;
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(ready()).isFalse();
        }
    }
}
