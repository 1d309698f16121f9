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

/** The address of a Redis server, and a way to send it any command. Safe for use by many threads. */
public final class RedisEndpoint {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI url;
    private final JedisClientConfig config;

    private RedisEndpoint(URI url, @Nullable TrustStore trusted) {
        this.url = url;
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .resp2()
                .user(JedisURIHelper.getUser(url))
                .password(JedisURIHelper.getPassword(url))
                .timeoutMillis(TIMEOUT_MILLIS)
                // CLIENT SETINFO would count in the command statistics that tests check.
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

    /** The server at a {@code redis://} or {@code rediss://} URL. The JDK has to trust its certificate. */
    public static RedisEndpoint at(String url) {
        return new RedisEndpoint(URI.create(url), null);
    }

    static RedisEndpoint at(String url, @Nullable TrustStore trusted) {
        return new RedisEndpoint(URI.create(url), trusted);
    }

    /** The URL with the credentials, such as {@code redis://user:password@127.0.0.1:16379}. */
    public String url() {
        return url.toString();
    }

    /**
     * Sends one command over a new connection and returns the reply in protocol version 2: a {@code String}, a {@code
     * Long}, a {@code List} of these, or null.
     *
     * @throws redis.clients.jedis.exceptions.JedisDataException if the server answers with an error
     * @throws redis.clients.jedis.exceptions.JedisConnectionException if it does not answer within 10 seconds
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

    /** The fields of this section of {@code INFO}, in the server's order. */
    public Map<String, String> info(String section) {
        return parsed(command("INFO", section));
    }

    /** The fields of a reply in the format of {@code INFO}. */
    static Map<String, String> parsed(@Nullable Object info) {
        Map<String, String> values = new LinkedHashMap<>();
        Objects.toString(info).lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            values.put(line.substring(0, colon), line.substring(colon + 1));
        });
        return values;
    }
}
