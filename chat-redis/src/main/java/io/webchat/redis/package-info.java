/**
 * Adapters for Redis: offline queues, routing of events between nodes over pub/sub, rooms, profiles and blocks, and a
 * cache for profiles in another store. Start with {@link io.webchat.redis.RedisConnections}, which the adapters share
 * and the host closes. {@link io.webchat.redis.RedisConfig} has the settings that a URL does not have.
 */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
