package io.webchat.redis.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Waits until the servers of a setup agree. */
final class Eventually {
    private Eventually() {}

    /** Waits for a condition with this name. A server that does not answer yet is asked again. */
    static ConditionFactory await(String condition) {
        return Awaitility.await(condition)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(JedisConnectionException.class);
    }
}
