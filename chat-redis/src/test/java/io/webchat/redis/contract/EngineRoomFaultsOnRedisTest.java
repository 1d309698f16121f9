package io.webchat.redis.contract;

import io.webchat.core.engine.rooms.RoomFaultSuite;

/** Rooms keep their guarantees on Redis while steps of the backends fail. */
final class EngineRoomFaultsOnRedisTest extends RoomFaultSuite implements RedisEngineBackends.Factory {}
