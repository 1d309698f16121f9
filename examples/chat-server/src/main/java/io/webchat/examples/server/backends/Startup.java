package io.webchat.examples.server.backends;

import io.webchat.core.ChatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits at the start for the backends that a node needs. */
final class Startup {
    private static final long SECONDS = 60;

    private Startup() {}

    /**
     * Returns when the stage is complete.
     *
     * @param what the name and address of the backend that it asks
     * @throws UncheckedIOException when it failed or takes too long, with one sentence that says why
     */
    static <T> T await(String what, CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unusable(what, e.getCause() instanceof ChatException known ? known.detail() : "its check failed", e);
        } catch (TimeoutException e) {
            throw unusable(what, "no answer in " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable(what, "interrupted before it answered", e);
        }
    }

    static UncheckedIOException unusable(String what, String why, Exception cause) {
        return new UncheckedIOException("cannot use " + what + ": " + why, new IOException(cause));
    }
}
