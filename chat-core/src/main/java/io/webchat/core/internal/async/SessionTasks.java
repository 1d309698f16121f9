package io.webchat.core.internal.async;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the tasks of one session in its mailbox: at once, after a delay, or when a stage is done. */
public final class SessionTasks {
    private final Mailbox mailbox;
    private final BiConsumer<Duration, Runnable> timer;
    private final BooleanSupplier closed;

    /**
     * The tasks of a session.
     *
     * @param timer runs a task after a delay
     * @param closed whether the session is closed; asked in the mailbox
     */
    public SessionTasks(Mailbox mailbox, BiConsumer<Duration, Runnable> timer, BooleanSupplier closed) {
        this.mailbox = mailbox;
        this.timer = timer;
        this.closed = closed;
    }

    /** Runs the task in the mailbox, unless the session is closed by then. */
    public void run(Runnable task) {
        mailbox.execute(() -> {
            if (!closed.getAsBoolean()) {
                task.run();
            }
        });
    }

    /** Runs the task in the mailbox after the delay, unless the session is closed by then. */
    public void runLater(Duration delay, Runnable task) {
        timer.accept(delay, () -> run(task));
    }

    /** Runs the task in the mailbox after the delay, even if the session is closed by then. */
    public void runLaterAnyway(Duration delay, Runnable task) {
        timer.accept(delay, () -> mailbox.execute(task));
    }

    /** Calls the handler in the mailbox when the stage is done, even if the session is closed by then. */
    public <T> void whenDone(
            CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> handler) {
        Completions.whenDone(stage, (result, failure) -> mailbox.execute(() -> handler.accept(result, failure)));
    }
}
