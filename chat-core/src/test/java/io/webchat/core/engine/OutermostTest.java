package io.webchat.core.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Finds the outermost test class around a nested suite, which says on which backends the suite runs.
 *
 * @param <T> the interface by which it says so
 */
final class OutermostTest<T> implements BeforeEachCallback {
    private final Class<T> type;
    private final T otherwise;
    private @Nullable T found;

    /** A suite that is not nested in a test class of this type gets {@code otherwise}. */
    OutermostTest(Class<T> type, T otherwise) {
        this.type = type;
        this.otherwise = otherwise;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Object outermost = context.getRequiredTestInstances().getAllInstances().get(0);
        found = type.isInstance(outermost) ? type.cast(outermost) : otherwise;
    }

    /** Returns the outermost test instance; only while a test runs. */
    T get() {
        return Objects.requireNonNull(found, "no test runs");
    }
}
