package io.webchat.dynamo;

import io.webchat.core.engine.rooms.RoomFaultSuite;
import org.junit.jupiter.api.Tag;

/** Rooms keep their guarantees on DynamoDB while steps of the backends fail. */
@Tag("full")
final class EngineRoomFaultsOnDynamoTest extends RoomFaultSuite implements DynamoEngineBackends.Factory {}
