package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many asynchronous calls with a bound on those in flight. */
final class FanoutTest {
    private final List<Integer> started = new ArrayList<>();
    private final List<CompletableFuture<String>> calls = new ArrayList<>();

    private Fanout<Integer> over(int items, int max) {
        return over(items, max, 0);
    }

    private Fanout<Integer> over(int items, int max, int tolerated) {
        return Fanout.over(IntStream.range(0, items).boxed().toList(), max, tolerated, null, item -> {
            started.add(item);
            calls.add(new CompletableFuture<>());
            return calls.get(item);
        });
    }

    @Test
    void G13_a_thread_starts_one_batch_and_leaves_the_rest_to_another() {
        Queue<Runnable> others = new ArrayDeque<>();
        List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
        Fanout<Integer> all = Fanout.over(numbers, 16, others::add, item -> {
            started.add(item);
            return CompletableFuture.completedFuture("");
        });
        int most = started.size();
        while (!others.isEmpty()) {
            int before = started.size();
            others.remove().run();
            most = Math.max(most, started.size() - before);
        }

        assertThat(most).isEqualTo(64);
        assertThat(started).isEqualTo(numbers);
        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isCompleted();
    }

    @Test
    void work_goes_on_when_the_other_threads_have_ended() {
        Executor ended = task -> {
            throw new RejectedExecutionException();
        };
        List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();

        assertThat(Fanout.over(numbers, 16, ended, item -> CompletableFuture.completedFuture(""))
                        .done())
                .isCompleted();
    }

    @Test
    void no_items_are_done_at_once() {
        Fanout<Integer> none = over(0, 3);

        assertThat(none.started()).isCompleted();
        assertThat(none.done()).isCompleted();
    }

    @Test
    void at_most_the_maximum_is_in_flight_and_items_start_in_order() {
        Fanout<Integer> all = over(5, 2);
        assertThat(started).containsExactly(0, 1);
        calls.get(1).complete("");
        calls.get(0).complete("");
        assertThat(started).containsExactly(0, 1, 2, 3);
        assertThat(all.started()).isNotDone();
        calls.get(3).complete("");
        assertThat(started).containsExactly(0, 1, 2, 3, 4);
        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isNotDone();
        calls.get(2).complete("");
        calls.get(4).complete("");

        assertThat(all.done()).isCompleted();
    }

    @Test
    void after_a_failure_no_further_item_starts() {
        Fanout<Integer> all = over(5, 2);
        calls.get(0).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "no"));
        calls.get(1).complete("");

        assertThat(started).containsExactly(0, 1);
        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isCompletedExceptionally();
    }

    @Test
    void tolerated_failures_stop_no_item_and_are_reported_at_the_end() {
        Fanout<Integer> all = over(5, 1, 2);
        calls.get(0).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "first"));
        calls.get(1).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "second"));
        calls.get(2).complete("");
        calls.get(3).complete("");
        assertThat(all.done()).isNotDone();
        calls.get(4).complete("");

        assertThat(started).hasSize(5);
        assertThat(all.done()).isCompletedExceptionally();
        assertThat(all.done().handle((done, failure) -> failure).join()).hasMessage("first");
    }

    @Test
    void after_one_failure_too_many_no_further_item_starts() {
        Fanout<Integer> all = over(5, 1, 1);
        calls.get(0).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "no"));
        calls.get(1).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "no"));

        assertThat(started).containsExactly(0, 1);
        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isCompletedExceptionally();
    }

    @Test
    void an_exception_counts_as_a_failure() {
        Fanout<Integer> all = Fanout.over(List.of(1, 2), 1, item -> {
            throw new IllegalStateException("thrown by the test");
        });

        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isCompletedExceptionally();
    }

    @Test
    void a_hundred_thousand_completed_items_need_no_deep_stack() {
        Fanout<Integer> all = Fanout.over(
                IntStream.range(0, 100_000).boxed().toList(), 1, item -> CompletableFuture.completedFuture(item));

        assertThat(all.started()).isCompleted();
        assertThat(all.done()).isCompleted();
    }
}
