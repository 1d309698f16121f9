/**
 * Adapters that keep offline queues in Redis and route events between nodes over its pub/sub. Begin with {@link
 * io.webchat.redis.RedisConnections}, which all of them share and the host closes; {@link
 * io.webchat.redis.RedisConfig} is what a URL cannot say.
 */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
