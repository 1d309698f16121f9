package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A JVM that would go on without heap is told of at start; the JVM of the tests is one. */
class JvmFlagsTest {
    @Test
    void warnsOfAJvmThatWouldGoOnWithoutHeap() {
        try (LogLines log = new LogLines(JvmFlags.class)) {
            JvmFlags.warn();

            assertThat(log.get())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Start java with -XX:+ExitOnOutOfMemoryError");
        }
    }
}
