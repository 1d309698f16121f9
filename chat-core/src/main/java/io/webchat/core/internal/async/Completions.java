package io.webchat.core.internal.async;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the results and failures at the end of a chain of stages. */
public final class Completions {
    private static final Logger log = LoggerFactory.getLogger(Completions.class);

    private Completions() {}

    /**
     * Calls the handler with the result or the failure of the stage. The handler ends the chain, so an exception that
     * it throws is logged.
     */
    public static <T> void whenDone(
            CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> handler) {
        CompletionStage<T> unused = stage.whenComplete((result, failure) -> {
            try {
                handler.accept(result, failure);
            } catch (RuntimeException e) {
                log.error("the handler of a completed stage failed; this is a bug", e);
            }
        });
    }

    /** Returns the results in the order of the stages, when all have completed; fails if one has failed. */
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> stages.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Returns the {@link ChatException} inside the failure. Any other exception is a bug: it is logged and becomes
     * {@code internal}.
     */
    public static ChatException toChatException(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            return known;
        }
        log.error("a send failed with an unexpected exception; this is a bug", cause);
        return new ChatException(ErrorCode.INTERNAL, "the server failed", cause);
    }
}
