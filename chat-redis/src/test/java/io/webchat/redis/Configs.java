package io.webchat.redis;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TrustStore;
import java.time.Duration;

/** Configurations for test servers. */
final class Configs {
    /** Long enough for a busy machine, short enough to wait for. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private Configs() {}

    /** For a server with TLS: trusts its certificate. */
    static RedisConfig tls(RedisServer server) {
        return tls(server, "127.0.0.1").build();
    }

    /** As {@link #tls(RedisServer)}, under another name of this machine. */
    static RedisConfigBuilder tls(RedisServer server, String host) {
        TrustStore trusted = server.trustStore();
        return RedisConfig.builder(server.url().replace("127.0.0.1", host))
                .trustStore(trusted.path(), trusted.password());
    }

    /** Fails calls after {@link #TIMEOUT}. */
    static RedisConfigBuilder impatient(String url) {
        return RedisConfig.builder(url).commandTimeout(TIMEOUT);
    }

    /** As {@link #impatient(String)}, through a proxy. */
    static RedisConfigBuilder impatient(TcpProxy proxy) {
        return impatient("redis://127.0.0.1:" + proxy.port());
    }
}
