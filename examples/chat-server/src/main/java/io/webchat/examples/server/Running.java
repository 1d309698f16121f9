package io.webchat.examples.server;

import java.time.Duration;
import java.util.List;

/** The servers that the command has started and will stop. */
interface Running {
    /** The lines that tell the user the address, and hints. */
    List<String> greeting();

    /** Drains and ends it, as far as the grace time allows. Blocks until done. */
    void close(Duration grace);
}
