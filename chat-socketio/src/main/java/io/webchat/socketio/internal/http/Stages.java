package io.webchat.socketio.internal.http;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Continuations of stages. */
public final class Stages {
    private Stages() {}

    /** Runs the continuation when the stage is done, with the failure's cause rather than its wrapping. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation is the end of the line
    public static <T> void whenDone(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        stage.whenComplete((result, failure) -> next.accept(result, failure == null ? null : unwrap(failure)));
    }

    /** Returns the cause of a failure that a stage wrapped on its way. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
