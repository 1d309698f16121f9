package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for stages, never longer than {@link #SECONDS}. */
final class Answers {
    static final long SECONDS = 10;

    private Answers() {}

    /** What the stage completes with; its failure is thrown. */
    static <T extends @Nullable Object> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** What the stages complete with, in their order. */
    static <T> List<T> ofAll(List<? extends CompletionStage<T>> stages) {
        return stages.stream().<T>map(Answers::of).toList();
    }

    /** The stage fails, with a {@link ChatException} of this code. */
    static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        Optional<Throwable> failure = of(stage.handle((result, thrown) -> Optional.ofNullable(thrown)));
        assertThat(failure.map(Answers::unwrapped))
                .as("the failure of the stage")
                .containsInstanceOf(ChatException.class)
                .get()
                .extracting(each -> ((ChatException) each).code())
                .isEqualTo(code);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
