package io.webchat.core.engine.host;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of the application's own access on the backends of its subclass. */
public abstract class HostSuite implements EngineBackendFactory {
    @Nested
    class HostSends extends HostSendsTest {}

    @Nested
    class HostRooms extends HostRoomsTest {}

    @Nested
    class HostPresence extends HostPresenceTest {}

    @Nested
    class HostDisconnect extends HostDisconnectTest {}

    @Nested
    class Listener extends ChatListenerTest {}

    @Nested
    class Offline extends OfflineListenerTest {}
}
