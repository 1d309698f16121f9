package io.webchat.redis;

import io.webchat.redis.RedisUrl.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

/**
 * The address of Redis, and the limits and timeouts of its use. Immutable. {@link #toString} contains no secret.
 *
 * <p>A URL has one of the forms below. With TLS the scheme begins with {@code rediss}. The default port is 6379, for a
 * sentinel 26379. Put an IPv6 address in brackets. Percent-encode user and password.
 *
 * <pre>
 * redis://[user:password@]host[:port][/database]
 * redis-sentinel://[user:password@]host[:port],host[:port],…/master-name
 * redis-cluster://[user:password@]host[:port],host[:port],…
 * </pre>
 *
 * It may end with {@code ?} and some of {@code prefix=chat}, {@code connections=1}, {@code replicas=0}, {@code
 * connectTimeout=1s} and {@code commandTimeout=500ms}, joined by {@code &}.
 */
public final class RedisConfig {
    private final RedisUrl url;
    private final String keyPrefix;
    private final int connections;
    private final Duration connectTimeout;
    private final Duration commandTimeout;
    private final int maxWaiting;
    private final long maxWaitingBytes;
    private final String clientName;
    private final int replicas;
    private final RedisLogin credentials;
    private final RedisLogin sentinelCredentials;
    private final @Nullable RedisTls tls;

    RedisConfig(RedisConfigBuilder chosen, RedisUrl url, @Nullable RedisTls tls) {
        this.url = url;
        this.keyPrefix = chosen.keyPrefix;
        this.connections = chosen.connections;
        this.connectTimeout = chosen.connectTimeout;
        this.commandTimeout = chosen.commandTimeout;
        this.maxWaiting = chosen.maxWaiting;
        this.maxWaitingBytes = chosen.maxWaitingBytes;
        this.clientName = chosen.clientName;
        this.replicas = chosen.replicas;
        this.credentials = chosen.credentials;
        this.sentinelCredentials = chosen.sentinelCredentials;
        this.tls = tls;
    }

    /**
     * The configuration of a URL.
     *
     * @throws IllegalArgumentException if the URL is wrong; the message names every fault and repeats no part of the
     * URL
     */
    public static RedisConfig of(String url) {
        return builder(url).build();
    }

    /** A builder that starts from the URL and the defaults. It reports faults when it builds. */
    public static RedisConfigBuilder builder(String url) {
        return new RedisConfigBuilder(url);
    }

    String keyPrefix() {
        return keyPrefix;
    }

    int connections() {
        return connections;
    }

    int maxWaiting() {
        return maxWaiting;
    }

    long maxWaitingBytes() {
        return maxWaitingBytes;
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    /** The number of replicas that must have the writes of a command before it succeeds. */
    int replicas() {
        return replicas;
    }

    /** Whether a failover of Sentinel loses acknowledged messages, because nothing waits for a replica to have them. */
    public boolean losesMessagesAtFailover() {
        return url.kind() == Kind.SENTINEL && replicas == 0;
    }

    Kind kind() {
        return url.kind();
    }

    /** The servers in the URL: the only one, the sentinels, or some nodes of the cluster. */
    List<HostAndPort> servers() {
        return url.servers();
    }

    /** The name of the master at the sentinels. */
    String masterName() {
        return url.masterName();
    }

    /** The login at servers that hold data. Its timeouts are those for connecting. */
    JedisClientConfig jedis() {
        return jedis(credentials, url.database());
    }

    /** The login at sentinels. Its timeouts are those for connecting. */
    JedisClientConfig sentinelJedis() {
        return jedis(sentinelCredentials, 0);
    }

    private JedisClientConfig jedis(RedisLogin credentials, int database) {
        DefaultJedisClientConfig.Builder jedis = DefaultJedisClientConfig.builder()
                .resp2()
                .timeoutMillis(Math.toIntExact(connectTimeout.toMillis()))
                .credentialsProvider(credentials)
                .database(database)
                .clientName(clientName);
        if (tls != null) {
            tls.applyTo(jedis);
        }
        return jedis.build();
    }

    @Override
    public String toString() {
        String servers = url.servers().stream().map(HostAndPort::toString).collect(Collectors.joining(","));
        String path = url.kind() == Kind.SENTINEL ? "/" + url.masterName() : "/" + url.database();
        return url.kind().scheme(url.tls()) + "://" + servers + (url.kind() == Kind.CLUSTER ? "" : path);
    }
}
