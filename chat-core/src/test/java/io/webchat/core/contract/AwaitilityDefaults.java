package io.webchat.core.contract;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets how tests wait for conditions, unless a test says otherwise: for at most {@link StageResults#TIMEOUT_SECONDS}
 * seconds, because the machine may be busy, and with a poll every 5 milliseconds.
 *
 * <p>A module names this extension in {@code META-INF/services/org.junit.jupiter.api.extension.Extension} of its tests.
 * The test kit has no such file, because the defaults of an application's tests are its own.
 */
public final class AwaitilityDefaults implements BeforeAllCallback {
    /** Called by JUnit. */
    public AwaitilityDefaults() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        set();
    }

    /** Sets them now. */
    public static void set() {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
        Awaitility.setDefaultTimeout(Duration.ofSeconds(StageResults.TIMEOUT_SECONDS));
    }
}
