package io.webchat.redis.contract;

import io.webchat.core.engine.host.ErasureSuite;

/** An erased user is gone from Redis. */
final class EngineErasureOnRedisTest extends ErasureSuite implements RedisEngineBackends.Factory {}
