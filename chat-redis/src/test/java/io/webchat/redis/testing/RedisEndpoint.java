package io.webchat.redis.testing;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.util.JedisURIHelper;
import redis.clients.jedis.util.SafeEncoder;

/** Where a Redis server listens, and a way to ask it anything. Safe for use by many threads. */
public final class RedisEndpoint {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI url;
    private final JedisClientConfig config;

    private RedisEndpoint(URI url, @Nullable TrustStore trusted) {
        this.url = url;
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .resp2()
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .timeoutMillis(TIMEOUT_MILLIS)
                // What tests count with INFO commandstats should be theirs.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (JedisURIHelper.isRedisSSLScheme(url)) {
            settings.sslOptions(sslOptions(trusted));
        }
        config = settings.build();
    }

    private static SslOptions sslOptions(@Nullable TrustStore trusted) {
        SslOptions.Builder options = SslOptions.builder();
        if (trusted != null) {
            options.truststore(trusted.path().toFile(), trusted.password().toCharArray())
                    .trustStoreType(TrustStore.TYPE);
        }
        return options.build();
    }

    /** The server at a {@code redis://} or {@code rediss://} URL; its certificate is one that the JDK trusts. */
    public static RedisEndpoint at(String url) {
        return new RedisEndpoint(URI.create(url), null);
    }

    static RedisEndpoint at(String url, @Nullable TrustStore trusted) {
        return new RedisEndpoint(URI.create(url), trusted);
    }

    /** The URL with everything that a client needs to log in, such as {@code redis://user:password@127.0.0.1:16379}. */
    public String url() {
        return url.toString();
    }

    /**
     * Sends one command over a connection of its own and returns the reply of the second version of the protocol: a
     * {@code String}, {@code Long}, {@code List} of such, or null.
     *
     * @throws redis.clients.jedis.exceptions.JedisDataException if the server answers with an error
     * @throws redis.clients.jedis.exceptions.JedisConnectionException if it does not answer within 5 seconds
     */
    public @Nullable Object command(String name, String... arguments) {
        CommandArguments command = new CommandArguments(() -> SafeEncoder.encode(name));
        for (String argument : arguments) {
            command.add(argument);
        }
        try (Connection connection = new Connection(JedisURIHelper.getHostAndPort(url), config)) {
            return SafeEncoder.encodeObject(connection.executeCommand(command));
        }
    }

    /** What {@code INFO} says in this section, in its order. */
    public Map<String, String> info(String section) {
        return parsed(command("INFO", section));
    }

    /** What a reply that has the form of INFO's says. */
    static Map<String, String> parsed(@Nullable Object info) {
        Map<String, String> values = new LinkedHashMap<>();
        Objects.toString(info).lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            values.put(line.substring(0, colon), line.substring(colon + 1));
        });
        return values;
    }
}
