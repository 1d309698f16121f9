package io.webchat.core.engine.model;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the random tests of the whole engine on the backends of its subclass. */
public abstract class ModelSuite implements EngineBackendFactory {
    @Nested
    class EngineModel extends EngineModelTest {}
}
