package io.webchat.core.engine.rooms;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of rooms on the backends of its subclass. */
public abstract class RoomSuite implements EngineBackendFactory {
    @Nested
    class Rooms extends RoomsTest {}

    @Nested
    class RoomConsent extends RoomConsentTest {}

    @Nested
    class RoomDetails extends RoomDetailsTest {}

    @Nested
    class Readers extends ReadersTest {}

    @Nested
    class RoomStories extends RoomStoriesTest {}

    @Nested
    class BlockedAuthors extends BlockedAuthorsTest {}

    @Nested
    class MessageReceipts extends MessageReceiptsTest {}

    @Nested
    class RoomMessages extends RoomMessagesTest {}

    @Nested
    class RoomReceipts extends RoomReceiptsTest {}
}
