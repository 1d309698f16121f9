package io.webchat.redis;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TrustStore;
import java.time.Duration;

/** Configurations of connections to test servers. */
public final class TestConfigs {
    /** The command timeout of tests in which Redis does not answer. */
    static final Duration TIMEOUT = Duration.ofMillis(500);

    private TestConfigs() {}

    /** For a server with TLS. It trusts the server's certificate. */
    public static RedisConfig tls(RedisServer server) {
        return tls(server, "127.0.0.1").build();
    }

    /** As {@link #tls(RedisServer)}, with another name of this machine. */
    static RedisConfigBuilder tls(RedisServer server, String host) {
        TrustStore trusted = server.trustStore();
        return RedisConfig.builder(server.url().replace("127.0.0.1", host))
                .trustStore(trusted.path(), trusted.password());
    }

    /** The settings of the internal clients for a configuration. */
    public static ClientSettings settings(RedisConfig config) {
        return ClientAssembly.settings(config);
    }

    /** A new connection to the first server of a configuration, logged in. */
    public static ServerConnection connect(RedisConfig config) {
        return settings(config).connect(config.servers().get(0));
    }

    /** Calls fail after {@link #TIMEOUT}. */
    static RedisConfigBuilder impatient(String url) {
        return RedisConfig.builder(url).commandTimeout(TIMEOUT);
    }

    /** As {@link #impatient(String)}, through a proxy. */
    static RedisConfigBuilder impatient(TcpProxy proxy) {
        return impatient("redis://127.0.0.1:" + proxy.port());
    }
}
