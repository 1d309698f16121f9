package io.webchat.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Work begins in the order in which it was brought. */
final class TurnsTest {
    private final Turns turns = new Turns(new Mailbox(Runnable::run));
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<SendResult>> answers = new ArrayList<>();
    private final CompletableFuture<String> leave = new CompletableFuture<>();

    private void take(String name, CompletableFuture<String> given) {
        take(name, given, CompletableFuture.completedFuture(null));
    }

    private void take(String name, CompletableFuture<String> given, CompletableFuture<Void> submitted) {
        answers.add(turns.take(given, what -> {
            begun.add(name);
            return new Sending(submitted, CompletableFuture.completedFuture(new SendResult(null, 0, 0, false)));
        }));
    }

    private static CompletableFuture<String> given() {
        return CompletableFuture.completedFuture("yes");
    }

    @Test
    void what_may_begin_begins_at_once() {
        take("one", given());

        assertThat(answers.get(0)).isCompleted();
        assertThat(begun).containsExactly("one");
    }

    @Test
    void G3_those_who_wait_for_one_answer_begin_in_their_order() {
        take("one", leave);
        take("two", leave);
        take("three", given());
        take("four", leave);
        assertThat(begun).isEmpty();
        leave.complete("yes");

        assertThat(begun).containsExactly("one", "two", "three", "four");
    }

    @Test
    void G3_the_next_one_begins_when_the_one_before_has_been_submitted() {
        CompletableFuture<Void> submitted = new CompletableFuture<>();
        take("one", given(), submitted);
        take("two", given());
        assertThat(begun).containsExactly("one");
        submitted.complete(null);

        assertThat(begun).containsExactly("one", "two");
    }

    @Test
    void who_is_refused_or_fails_holds_nobody_up() {
        take("one", leave);
        CompletableFuture<SendResult> broken = turns.take(given(), what -> {
            throw new IllegalStateException("thrown by the test");
        });
        take("three", given());
        ChatException refusal = new ChatException(ErrorCode.FORBIDDEN, "no");
        leave.completeExceptionally(refusal);

        assertThat(begun).containsExactly("three");
        assertThat(answers.get(0).handle((done, failure) -> failure)).isCompletedWithValue(refusal);
        assertThat(broken).isCompletedExceptionally();
        assertThat(answers.get(1)).isCompleted();
    }
}
