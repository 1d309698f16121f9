package io.webchat.dynamo;

import io.webchat.core.engine.rooms.RoomFaultSuite;

/** Rooms keep their guarantees on DynamoDB while steps of the backends fail. */
final class EngineRoomFaultsOnDynamoTest extends RoomFaultSuite implements DynamoEngineBackends.Factory {}
