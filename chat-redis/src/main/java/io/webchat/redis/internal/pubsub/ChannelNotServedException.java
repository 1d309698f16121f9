package io.webchat.redis.internal.pubsub;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server does not serve a channel; the cause, where there is one, is its refusal. */
final class ChannelNotServedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChannelNotServedException(String channel, @Nullable JedisDataException why) {
        super("no subscription to " + channel + " here", why, false, false);
    }
}
