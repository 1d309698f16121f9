package io.webchat.redis.contract;

import io.webchat.core.engine.host.HostSuite;

/** The application's own access keeps its guarantees on Redis. */
final class EngineHostOnRedisTest extends HostSuite implements RedisEngineBackends.Factory {}
