package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sends start in the order in which they were submitted. */
final class SendSequencerTest {
    private final SendSequencer sequencer = new SendSequencer(new Mailbox(Runnable::run));
    private final List<String> started = new ArrayList<>();
    private final List<CompletableFuture<SendResult>> answers = new ArrayList<>();
    private final CompletableFuture<String> permission = new CompletableFuture<>();

    private void submit(String name, CompletableFuture<String> given) {
        submit(name, given, CompletableFuture.completedFuture(null));
    }

    private void submit(String name, CompletableFuture<String> given, CompletableFuture<Void> submitted) {
        answers.add(sequencer.submit(given, permitted -> {
            started.add(name);
            return new PendingSend(submitted, CompletableFuture.completedFuture(new SendResult(null, 0, 0, false)));
        }));
    }

    private static CompletableFuture<String> given() {
        return CompletableFuture.completedFuture("yes");
    }

    @Test
    void a_permitted_send_starts_at_once() {
        submit("one", given());

        assertThat(answers.get(0)).isCompleted();
        assertThat(started).containsExactly("one");
    }

    @Test
    void G3_sends_that_wait_for_one_permission_start_in_their_order() {
        submit("one", permission);
        submit("two", permission);
        submit("three", given());
        submit("four", permission);
        assertThat(started).isEmpty();
        permission.complete("yes");

        assertThat(started).containsExactly("one", "two", "three", "four");
    }

    @Test
    void G3_a_send_starts_after_the_one_before_it_was_submitted() {
        CompletableFuture<Void> submitted = new CompletableFuture<>();
        submit("one", given(), submitted);
        submit("two", given());
        assertThat(started).containsExactly("one");
        submitted.complete(null);

        assertThat(started).containsExactly("one", "two");
    }

    @Test
    void a_refused_or_failed_send_does_not_stop_later_ones() {
        submit("one", permission);
        CompletableFuture<SendResult> broken = sequencer.submit(given(), permitted -> {
            throw new IllegalStateException("thrown by the test");
        });
        submit("three", given());
        ChatException refusal = new ChatException(ErrorCode.FORBIDDEN, "no");
        permission.completeExceptionally(refusal);

        assertThat(started).containsExactly("three");
        assertThat(answers.get(0).handle((done, failure) -> failure)).isCompletedWithValue(refusal);
        assertThat(broken).isCompletedExceptionally();
        assertThat(answers.get(1)).isCompleted();
    }
}
