package io.webchat.examples.server.push;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands one push to its push service. */
@FunctionalInterface
interface PushTransport {
    /** Posts the push; completes with the answer, or fails if there is none in time. */
    CompletableFuture<Answer> post(Push push);

    /**
     * The answer of a push service.
     *
     * @param status its HTTP status
     * @param retryAfter how long it asks to wait, if it does
     */
    record Answer(int status, Optional<Duration> retryAfter) {}
}
