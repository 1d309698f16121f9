package io.webchat.examples.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The servers that the command has started and will stop. */
interface Running {
    /** The lines that tell the user the address, and hints. */
    List<String> greeting();

    /** Completes when it cannot go on serving, and must be closed. */
    default CompletionStage<Void> lost() {
        return new CompletableFuture<>();
    }

    /** Drains and ends it, as far as the grace time allows. Blocks until done. */
    void close(Duration grace);
}
