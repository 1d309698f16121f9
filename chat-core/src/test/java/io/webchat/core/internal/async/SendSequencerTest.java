package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Work begins in the order in which it was brought. */
final class SendSequencerTest {
    private final SendSequencer sequencer = new SendSequencer(new Mailbox(Runnable::run));
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<SendResult>> answers = new ArrayList<>();
    private final CompletableFuture<String> permission = new CompletableFuture<>();

    private void submit(String name, CompletableFuture<String> given) {
        submit(name, given, CompletableFuture.completedFuture(null));
    }

    private void submit(String name, CompletableFuture<String> given, CompletableFuture<Void> submitted) {
        answers.add(sequencer.submit(given, permitted -> {
            begun.add(name);
            return new PendingSend(submitted, CompletableFuture.completedFuture(new SendResult(null, 0, 0, false)));
        }));
    }

    private static CompletableFuture<String> given() {
        return CompletableFuture.completedFuture("yes");
    }

    @Test
    void what_may_begin_begins_at_once() {
        submit("one", given());

        assertThat(answers.get(0)).isCompleted();
        assertThat(begun).containsExactly("one");
    }

    @Test
    void G3_those_who_wait_for_one_answer_begin_in_their_order() {
        submit("one", permission);
        submit("two", permission);
        submit("three", given());
        submit("four", permission);
        assertThat(begun).isEmpty();
        permission.complete("yes");

        assertThat(begun).containsExactly("one", "two", "three", "four");
    }

    @Test
    void G3_the_next_one_begins_when_the_one_before_has_been_submitted() {
        CompletableFuture<Void> submitted = new CompletableFuture<>();
        submit("one", given(), submitted);
        submit("two", given());
        assertThat(begun).containsExactly("one");
        submitted.complete(null);

        assertThat(begun).containsExactly("one", "two");
    }

    @Test
    void who_is_refused_or_fails_holds_nobody_up() {
        submit("one", permission);
        CompletableFuture<SendResult> broken = sequencer.submit(given(), permitted -> {
            throw new IllegalStateException("thrown by the test");
        });
        submit("three", given());
        ChatException refusal = new ChatException(ErrorCode.FORBIDDEN, "no");
        permission.completeExceptionally(refusal);

        assertThat(begun).containsExactly("three");
        assertThat(answers.get(0).handle((done, failure) -> failure)).isCompletedWithValue(refusal);
        assertThat(broken).isCompletedExceptionally();
        assertThat(answers.get(1)).isCompleted();
    }
}
