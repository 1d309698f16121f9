package io.webchat.redis.contract;

import io.webchat.core.engine.direct.SessionSuite;

/** Sessions, receipts and limits keep their guarantees on Redis. */
final class EngineSessionsOnRedisTest extends SessionSuite implements RedisEngineBackends.Factory {}
