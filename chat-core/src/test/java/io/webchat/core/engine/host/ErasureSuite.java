package io.webchat.core.engine.host;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of erasing and exporting a user on the backends of its subclass, all of which can remove things. */
public abstract class ErasureSuite implements EngineBackendFactory {
    @Nested
    class Erasure extends ErasureTest {}
}
