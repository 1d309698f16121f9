package io.webchat.redis.contract;

import io.webchat.core.engine.direct.DeliverySuite;

/** Sending and delivery in 1:1 conversations keep their guarantees on Redis. */
final class EngineDeliveryOnRedisTest extends DeliverySuite implements RedisEngineBackends.Factory {}
