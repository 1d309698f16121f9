package io.webchat.examples.server.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.LogLines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fault of a dependency makes the node not ready, and costs one line; so does its end. */
class HealthTest {
    private final AtomicReference<@Nullable IOException> fault = new AtomicReference<>();
    private final Health health = new Health(List.of(
            Health.Dependency.ofBlocking("the data folder", () -> {}),
            Health.Dependency.ofBlocking("the disk of the data folder", this::fail)));

    private void fail() throws IOException {
        IOException now = fault.get();
        if (now != null) {
            throw now;
        }
    }

    private boolean ready() {
        return health.ready().toCompletableFuture().join();
    }

    @Test
    void tellsANearlyFullDiskOnceAndOnceThatItIsOver() {
        try (LogLines log = new LogLines(Health.class)) {
            assertThat(ready()).isTrue();
            assertThat(log.get()).isEmpty();

            fault.set(new IOException("disk nearly full: 120 MB left"));
            assertThat(ready()).isFalse();
            fault.set(new IOException("disk nearly full: 119 MB left"));
            assertThat(ready()).isFalse();
            fault.set(null);
            assertThat(ready()).isTrue();
            assertThat(ready()).isTrue();

            assertThat(log.get())
                    .containsExactly(
                            "WARN Not ready: the disk of the data folder: disk nearly full: 120 MB left",
                            "INFO Ready again: the disk of the data folder answers");
        }
    }
}
