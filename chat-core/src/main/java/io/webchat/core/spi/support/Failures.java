package io.webchat.core.spi.support;

import java.util.concurrent.CompletionException;

/** Failures of completion stages. */
public final class Failures {
    private Failures() {}

    /**
     * Removes the {@link CompletionException}s that stages wrap around a failure on its way.
     *
     * @return the innermost cause that is not a wrapper; {@code failure} itself when it is not wrapped
     */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
