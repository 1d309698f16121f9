package io.webchat.dynamo.testing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests, through their parameters, the DynamoDB that they ask for.
 *
 * <ul>
 *   <li>{@link DynamoEndpoint}: the server that all tests of this JVM share. Use tables or users with names of your
 *       own. The environment variable {@code CHAT_DYNAMO_ENDPOINT} names a server to use instead.
 *   <li>{@link DynamoServer}: a new one for this test alone, or for this class where a constructor or
 *       {@code @BeforeAll} asks; closed afterwards. Where {@code CHAT_DYNAMO_ENDPOINT} is set, the test is skipped.
 * </ul>
 */
public final class DynamoServers implements ParameterResolver {
    /** The environment variable that names the server to test against. */
    public static final String ENDPOINT_VARIABLE = "CHAT_DYNAMO_ENDPOINT";

    private static @Nullable DynamoEndpoint shared;

    /** JUnit makes it. */
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
        Assumptions.assumeTrue(
                named() == null,
                () -> "Skipped: this test kills its server, but " + ENDPOINT_VARIABLE
                        + " names one that it must leave alone");
        DynamoServer own = DynamoServer.start();
        // The store closes what it holds when the test, or the class, is over.
        context.getStore(ExtensionContext.Namespace.create(DynamoServers.class)).put(new Object(), own);
        return own;
    }
}
