package io.webchat.redis.testing;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests, through their parameters, the Redis that they ask for.
 *
 * <ul>
 *   <li>{@link RedisEndpoint}: the server that all tests of this JVM share. Use keys and users with names of your own,
 *       and never FLUSHALL. The environment variable {@code CHAT_REDIS_URL} names a server to use instead.
 *   <li>{@link RedisServer}, {@link SentinelSetup}, {@link ClusterSetup}: a new one for this test alone, or for this
 *       class where a constructor or {@code @BeforeAll} asks; closed afterwards. Where {@code CHAT_REDIS_URL} is set,
 *       the test is skipped.
 * </ul>
 *
 * <p>A test class that has {@code @ExtendWith(RedisServers.class)} may say {@code @Test void
 * append(RedisEndpoint shared)} and {@code @Test void survivesAnOutage(RedisServer own)}.
 */
public final class RedisServers implements ParameterResolver {
    /** The environment variable that names the server to test against. */
    public static final String URL_VARIABLE = "CHAT_REDIS_URL";

    /** The system property that the Maven profile testcontainers sets: the image of the shared server's container. */
    static final String IMAGE_PROPERTY = "redis.image";

    private static final Map<Class<?>, Supplier<? extends AutoCloseable>> OWN = Map.of(
            RedisServer.class, () -> RedisServer.builder().start(),
            SentinelSetup.class, SentinelSetup::start,
            ClusterSetup.class, ClusterSetup::start);

    private static @Nullable RedisEndpoint shared;

    /** JUnit makes it. */
    public RedisServers() {}

    /** The server that all tests of this JVM share; started by the first call, ended with the JVM. */
    public static synchronized RedisEndpoint shared() {
        RedisEndpoint endpoint = shared;
        if (endpoint == null) {
            endpoint = RedisEndpoint.at(startShared());
            shared = endpoint;
        }
        return endpoint;
    }

    /** Skips the test, saying why, where {@code CHAT_REDIS_URL} names a server: tests do not kill or pause that one. */
    public static void assumeOwnServers() {
        Assumptions.assumeTrue(
                url() == null,
                () -> "Skipped: this test kills, pauses or sets up Redis servers, but " + URL_VARIABLE
                        + " names one that it must leave alone");
    }

    private static @Nullable String url() {
        String url = System.getenv(URL_VARIABLE);
        return url == null || url.isBlank() ? null : url;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RedisEndpoint.class || OWN.containsKey(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Supplier<? extends AutoCloseable> own = OWN.get(parameter.getParameter().getType());
        if (own == null) {
            return shared();
        }
        assumeOwnServers();
        AutoCloseable started = own.get();
        // The store closes what it holds when the test, or the class, is over.
        context.getStore(ExtensionContext.Namespace.create(RedisServers.class)).put(new Object(), started);
        return started;
    }

    private static String startShared() {
        String url = url();
        if (url != null) {
            return url;
        }
        // Without the property a service file that the profile left in the output folder counts for nothing.
        if (System.getProperty(IMAGE_PROPERTY) != null) {
            return ServiceLoader.load(SharedServer.class)
                    .findFirst()
                    .orElseThrow()
                    .start();
        }
        return RedisServer.builder().start().url();
    }
}
