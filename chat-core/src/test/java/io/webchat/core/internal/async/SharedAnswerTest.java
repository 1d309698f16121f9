package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests get a shared answer in the order in which they came. */
final class SharedAnswerTest {
    private final SharedAnswer<String> answer = new SharedAnswer<>();
    private final List<Integer> order = new ArrayList<>();

    private void request(int number) {
        Completions.whenDone(answer.get(), (value, failure) -> order.add(number));
    }

    @Test
    void the_first_request_is_answered_first() {
        for (int i = 0; i < 10; i++) {
            request(i);
        }
        answer.complete(CompletableFuture.completedFuture("yes"));
        request(10);

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(answer.known()).isEqualTo("yes");
    }

    @Test
    void a_request_made_while_others_are_answered_waits_for_them() {
        Completions.whenDone(answer.get(), (value, failure) -> {
            order.add(0);
            request(2);
        });
        request(1);
        answer.complete(CompletableFuture.completedFuture("yes"));

        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void a_failure_is_answered_in_order_and_is_no_known_value() {
        request(0);
        request(1);
        answer.complete(CompletableFuture.failedFuture(new IllegalStateException("failed by the test")));

        assertThat(order).containsExactly(0, 1);
        assertThat(answer.known()).isNull();
    }
}
