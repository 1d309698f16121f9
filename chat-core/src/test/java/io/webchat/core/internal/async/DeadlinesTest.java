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
    void the_handler_is_not_called_before_the_deadline() {
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
    void a_future_that_is_never_completed_does_not_stop_the_others() {
        Deadlines deadlines = new Deadlines(Duration.ofMillis(50));
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<String> never = new CompletableFuture<>();
        deadlines.watch(never, calls::incrementAndGet);

        assertThatThrownBy(() -> watched(deadlines).get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(calls).hasPositiveValue();
        never.complete("done");
    }

    @Test
    void a_future_completed_in_time_keeps_its_result() throws Exception {
        Deadlines deadlines = new Deadlines(Duration.ofMillis(50));
        CompletableFuture<String> quick = watched(deadlines);
        quick.complete("here");

        // The next future is checked after the deadline of this one.
        assertThatThrownBy(() -> watched(deadlines).get(20, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(quick.get()).isEqualTo("here");
    }
}
