package io.webchat.core.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    private final IllegalStateException failure = new IllegalStateException("broken");

    @Test
    void every_wrapper_is_removed() {
        Throwable wrapped = new CompletionException(new CompletionException(failure));

        assertThat(Failures.unwrap(wrapped)).isSameAs(failure);
    }

    @Test
    void a_failure_without_a_wrapper_stays_as_it_is() {
        assertThat(Failures.unwrap(failure)).isSameAs(failure);
    }

    @Test
    void the_cause_of_another_exception_stays_inside() {
        Throwable outer = new IllegalArgumentException(failure);

        assertThat(Failures.unwrap(new CompletionException(outer))).isSameAs(outer);
    }

    @Test
    void a_wrapper_without_a_cause_stays() {
        Throwable empty = new CompletionException("no cause", null);

        assertThat(Failures.unwrap(empty)).isSameAs(empty);
    }
}
