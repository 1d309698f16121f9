package io.webchat.core.engine.rooms;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of rooms on failing backends on the backends of its subclass. */
public abstract class RoomFaultSuite implements EngineBackendFactory {
    @Nested
    class RoomFaults extends RoomFaultsTest {}
}
