package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static CompletableFuture<String> watched(Deadlines deadlines) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        deadlines.watch(answer, () -> answer.cancel(false));
        return answer;
    }

    @Test
    void what_is_late_ends_not_before_its_time() {
        long start = System.nanoTime();
        List<CompletableFuture<String>> all = IntStream.range(0, 100)
                .mapToObj(i -> watched(new Deadlines(Duration.ofMillis(100))))
                .toList();

        for (CompletableFuture<String> each : all) {
            assertThatThrownBy(() -> each.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void one_that_hangs_keeps_nobody_else_from_ending() {
        Deadlines deadlines = new Deadlines(Duration.ofMillis(50));
        AtomicInteger deaf = new AtomicInteger();
        CompletableFuture<String> never = new CompletableFuture<>();
        deadlines.watch(never, deaf::incrementAndGet);

        assertThatThrownBy(() -> watched(deadlines).get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(deaf).hasPositiveValue();
        never.complete("done");
    }

    @Test
    void what_is_answered_in_time_keeps_its_answer() throws Exception {
        Deadlines deadlines = new Deadlines(Duration.ofMillis(50));
        CompletableFuture<String> quick = watched(deadlines);
        quick.complete("here");

        // The next one is looked at later than this one's time.
        assertThatThrownBy(() -> watched(deadlines).get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(quick.get()).isEqualTo("here");
    }
}
