package io.webchat.core.spi;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Asks one backend whether it can serve now, for the readiness and the health of a node. */
public interface BackendCheck {
    /** Returns the name of the backend for operators, such as {@code redis}. */
    String name();

    /**
     * Asks the backend. It must not block. Whoever asks sets a timeout.
     *
     * @return completes when the backend can serve; fails with one sentence that names the fault
     */
    CompletionStage<Void> check();

    /** Returns a check of this name. */
    static BackendCheck of(String name, Supplier<? extends CompletionStage<Void>> check) {
        return new BackendCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<Void> check() {
                return check.get();
            }
        };
    }
}
