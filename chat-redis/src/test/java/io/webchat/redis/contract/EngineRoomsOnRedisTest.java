package io.webchat.redis.contract;

import io.webchat.core.engine.rooms.RoomSuite;

/** Rooms keep their guarantees on Redis. */
final class EngineRoomsOnRedisTest extends RoomSuite implements RedisEngineBackends.Factory {}
