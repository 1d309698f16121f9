package io.webchat.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/** How to reach Redis, and how long to wait for it. */
public final class RedisConfig {
    private final URI uri;

    private RedisConfig(URI uri) {
        this.uri = uri;
    }

    /** The configuration that a URL stands for. */
    public static RedisConfig of(String url) {
        return new RedisConfig(URI.create(url));
    }

    String keyPrefix() {
        return "chat";
    }

    int connections() {
        return 1;
    }

    int maxWaiting() {
        return 65_536;
    }

    long maxWaitingBytes() {
        return 64L << 20;
    }

    Duration commandTimeout() {
        return Duration.ofSeconds(3);
    }

    HostAndPort server() {
        return new HostAndPort(uri.getHost(), uri.getPort());
    }

    JedisClientConfig jedis() {
        return DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(1000)
                .socketTimeoutMillis(3000)
                .clientName("webchat")
                .build();
    }
}
