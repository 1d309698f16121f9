package io.webchat.examples.server;

import java.time.Duration;
import java.util.List;

/** What the command has started and will end. */
interface Running {
    /** The lines that tell its user where it is and what to know. */
    List<String> greeting();

    /** Drains and ends it, as far as the grace time allows. Blocks until done. */
    void close(Duration grace);
}
