package io.webchat.examples.server.webhook;

import java.util.concurrent.CompletableFuture;

/** Makes one post. */
@FunctionalInterface
interface PostTransport {
    /** Posts the body; completes with the status, or fails if there is no answer in time. */
    CompletableFuture<Integer> post(byte[] body);
}
