package io.webchat.examples.hosts;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets the tests of the example hosts wait for a condition for at most 30 seconds, because the machine may be busy.
 * JUnit finds this extension through its service file.
 */
public final class AwaitilityDefaults implements BeforeAllCallback {
    /** Called by JUnit. */
    public AwaitilityDefaults() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }
}
