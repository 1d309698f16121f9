package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for the results of stages, never longer than {@link #TIMEOUT_SECONDS}. */
public final class StageResults {
    /** How long a test waits for one result or one event. Generous, because the machine may be busy. */
    public static final long TIMEOUT_SECONDS = 30;

    private StageResults() {}

    /** Returns the result of the stage, or throws its failure. */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Returns the results of the stages, in the order of the stages. */
    public static <T> List<T> awaitAll(List<? extends CompletionStage<T>> stages) {
        return stages.stream().<T>map(StageResults::await).toList();
    }

    /** Asserts that the stage fails with a {@link ChatException} of this code. */
    public static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        Optional<Throwable> failure = await(stage.handle((result, thrown) -> Optional.ofNullable(thrown)));
        assertThat(failure.map(Failures::unwrap))
                .as("the failure of the stage")
                .containsInstanceOf(ChatException.class)
                .get()
                .extracting(each -> ((ChatException) each).code())
                .isEqualTo(code);
    }
}
