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
 * A JUnit extension that gives Redis servers to tests, through the parameters of their methods and constructors.
 *
 * <ul>
 *   <li>{@link RedisEndpoint}: the server that all tests of this JVM share. Use keys and users with unique names, and
 *       never FLUSHALL. The environment variable {@code CHAT_REDIS_URL} names a server to use instead.
 *   <li>{@link RedisServer}, {@link SentinelSetup}, {@link ClusterSetup}: a new one for this test alone, closed after
 *       the test. A parameter of a constructor or of {@code @BeforeAll} lives as long as the class. The test is skipped
 *       if {@code CHAT_REDIS_URL} is set.
 * </ul>
 *
 * <p>For example, a test class with {@code @ExtendWith(RedisServers.class)} may have {@code @Test void
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

    /** Called by JUnit. */
    public RedisServers() {}

    /** The server that all tests of this JVM share. The first call starts it; it ends with the JVM. */
    public static synchronized RedisEndpoint shared() {
        RedisEndpoint endpoint = shared;
        if (endpoint == null) {
            endpoint = RedisEndpoint.at(startShared());
            shared = endpoint;
        }
        return endpoint;
    }

    /** Skips the test if {@code CHAT_REDIS_URL} names a server, because tests must not kill or pause that server. */
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
        // JUnit closes the values of the store at the end of the test or class.
        context.getStore(ExtensionContext.Namespace.create(RedisServers.class)).put(new Object(), started);
        return started;
    }

    private static String startShared() {
        String url = url();
        if (url != null) {
            return url;
        }
        // Without the property, ignore a service file that the profile left in the output folder.
        if (System.getProperty(IMAGE_PROPERTY) != null) {
            return ServiceLoader.load(SharedServer.class)
                    .findFirst()
                    .orElseThrow()
                    .start();
        }
        return RedisServer.builder().start().url();
    }
}
