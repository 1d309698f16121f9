package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the engine ends a chain of stages. */
final class Stages {
    private static final Logger log = LoggerFactory.getLogger(Stages.class);

    private Stages() {}

    /** The end of a chain: {@code handler} gets the result or the failure; what it throws itself is logged. */
    static <T> void whenDone(
            CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> handler) {
        CompletionStage<T> unused = stage.whenComplete((result, failure) -> {
            try {
                handler.accept(result, failure);
            } catch (RuntimeException e) {
                log.error("a handler failed", e);
            }
        });
    }

    /**
     * The {@link ChatException} behind {@code failure}; anything else is a fault of the server, which is
     * logged.
     */
    static ChatException failure(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException known) {
            return known;
        }
        log.error("an unexpected failure", cause);
        return new ChatException(ErrorCode.INTERNAL, "the server failed", cause);
    }
}
