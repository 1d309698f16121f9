package io.webchat.redis.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** How the setups wait until their servers agree. */
final class Eventually {
    private Eventually() {}

    /** Waits for this; a server that does not answer yet is asked again. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(JedisConnectionException.class);
    }
}
