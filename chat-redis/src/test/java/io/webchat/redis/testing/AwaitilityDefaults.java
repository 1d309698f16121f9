package io.webchat.redis.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets how the tests of this module wait for conditions, unless a test says otherwise: for at most 30 seconds, because
 * the machine may be busy, and with a poll every 10 milliseconds. JUnit finds this extension through its service file.
 */
public final class AwaitilityDefaults implements BeforeAllCallback {
    /** Called by JUnit. */
    public AwaitilityDefaults() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }
}
