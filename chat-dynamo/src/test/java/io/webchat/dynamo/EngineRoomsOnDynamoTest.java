package io.webchat.dynamo;

import io.webchat.core.engine.rooms.RoomSuite;
import org.junit.jupiter.api.Tag;

/** Rooms keep their guarantees on DynamoDB. */
@Tag("full")
final class EngineRoomsOnDynamoTest extends RoomSuite implements DynamoEngineBackends.Factory {}
