package io.webchat.dynamo;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How tests wait for a condition: they look often, and give up only when even a busy machine would be ready. */
public final class Waiting {
    private Waiting() {}

    /** Waits up to 30 s, and looks every 10 ms. */
    public static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30));
    }
}
