package io.webchat.dynamo.testing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a DynamoDB as a parameter.
 *
 * <ul>
 *   <li>{@link DynamoEndpoint}: the server that all tests of this JVM share. Each test uses tables or users of its
 *       own. The environment variable {@code CHAT_DYNAMO_ENDPOINT} names another server to use.
 *   <li>{@link DynamoServer}: a new server for this test, or for this class if a constructor or {@code @BeforeAll} has
 *       the parameter. It is closed afterwards. If {@code CHAT_DYNAMO_ENDPOINT} is set, the test is skipped.
 * </ul>
 */
public final class DynamoServers implements ParameterResolver {
    /** The environment variable that names the server to test against. */
    private static final String ENDPOINT_VARIABLE = "CHAT_DYNAMO_ENDPOINT";

    private static @Nullable DynamoEndpoint shared;

    /** For JUnit. */
    public DynamoServers() {}

    /** The server that all tests of this JVM share; started by the first call, ended with the JVM. */
    public static synchronized DynamoEndpoint shared() {
        DynamoEndpoint endpoint = shared;
        if (endpoint == null) {
            String named = named();
            endpoint = named == null ? DynamoServer.start().endpoint() : new DynamoEndpoint(URI.create(named));
            shared = endpoint;
        }
        return endpoint;
    }

    /**
     * Skips the test if {@code CHAT_DYNAMO_ENDPOINT} names a server, because tests must not kill or stop that server.
     */
    public static void assumeOwnServer() {
        Assumptions.assumeTrue(
                named() == null,
                () -> "Skipped: this test kills or stops its server, but " + ENDPOINT_VARIABLE
                        + " names one that it must leave alone");
    }

    private static @Nullable String named() {
        String named = System.getenv(ENDPOINT_VARIABLE);
        return named == null || named.isBlank() ? null : named;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DynamoEndpoint.class || type == DynamoServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == DynamoEndpoint.class) {
            return shared();
        }
        assumeOwnServer();
        DynamoServer own = DynamoServer.start();
        // JUnit closes the server after the test, or after the class.
        context.getStore(ExtensionContext.Namespace.create(DynamoServers.class)).put(new Object(), own);
        return own;
    }
}
