package io.webchat.redis.contract;

import io.webchat.core.engine.amend.AmendmentSuite;

/** Amendments keep their guarantees on Redis. */
final class EngineAmendmentsOnRedisTest extends AmendmentSuite implements RedisEngineBackends.Factory {}
