package io.webchat.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server does not serve a channel; the cause, where there is one, is its refusal. */
final class NotHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotHereException(String channel, @Nullable JedisDataException why) {
        super("no subscription to " + channel + " here", why, false, false);
    }
}
