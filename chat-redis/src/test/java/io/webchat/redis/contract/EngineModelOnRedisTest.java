package io.webchat.redis.contract;

import io.webchat.core.engine.model.ModelSuite;

/** Random runs keep all guarantees on Redis. */
final class EngineModelOnRedisTest extends ModelSuite implements RedisEngineBackends.Factory {}
