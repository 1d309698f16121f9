package io.webchat.dynamo.internal.table;

import io.webchat.core.spi.support.Backoff;
import java.time.Duration;

/** How requests are retried that DynamoDB throttles. */
public final class ThrottleRetry {
    /** The pauses between attempts. */
    public static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(25), Duration.ofSeconds(1));

    private ThrottleRetry() {}
}
