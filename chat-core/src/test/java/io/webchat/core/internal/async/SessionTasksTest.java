package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tasks of a session run in its mailbox, and stop when the session is closed. */
final class SessionTasksTest {
    private final List<String> ran = new ArrayList<>();
    private final List<Runnable> timer = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(Runnable::run);
    private boolean closed;
    private final SessionTasks tasks = new SessionTasks(mailbox, (delay, task) -> timer.add(task), () -> closed);

    @Test
    void a_task_runs_in_the_mailbox() {
        mailbox.execute(() -> {
            tasks.run(() -> ran.add("second"));
            ran.add("first");
        });

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void a_task_runs_after_its_delay_unless_the_session_is_closed() {
        tasks.runLater(Duration.ofSeconds(1), () -> ran.add("first"));
        tasks.runLater(Duration.ofSeconds(1), () -> ran.add("second"));
        assertThat(ran).isEmpty();
        timer.get(0).run();
        closed = true;
        timer.get(1).run();
        tasks.run(() -> ran.add("third"));

        assertThat(ran).containsExactly("first");
    }

    @Test
    void the_handler_of_a_stage_is_called_even_if_the_session_is_closed() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        tasks.whenDone(stage, (result, failure) -> ran.add(result + " " + failure));
        closed = true;
        stage.complete("done");

        assertThat(ran).containsExactly("done null");
    }
}
