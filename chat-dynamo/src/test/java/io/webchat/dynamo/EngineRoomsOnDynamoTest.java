package io.webchat.dynamo;

import io.webchat.core.engine.rooms.RoomSuite;

/** Rooms keep their guarantees on DynamoDB. */
final class EngineRoomsOnDynamoTest extends RoomSuite implements DynamoEngineBackends.Factory {}
