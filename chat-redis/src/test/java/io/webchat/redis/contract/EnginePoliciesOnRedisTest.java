package io.webchat.redis.contract;

import io.webchat.core.engine.policy.PolicySuite;

/** The policies of an application keep their promises on Redis. */
final class EnginePoliciesOnRedisTest extends PolicySuite implements RedisEngineBackends.Factory {}
