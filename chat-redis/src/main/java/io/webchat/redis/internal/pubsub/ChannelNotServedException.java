package io.webchat.redis.internal.pubsub;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server does not serve a channel. The cause is its error reply, if there was one. */
final class ChannelNotServedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChannelNotServedException(String channel, @Nullable JedisDataException why) {
        super("the Redis server does not serve the channel " + channel, why, false, false);
    }
}
