package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table that all tests of this JVM share, and a client for it. Users and rooms have new names in each test. */
public final class Tables {
    /** A timeout that even a busy machine does not reach. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static @Nullable String name;

    private Tables() {}

    /** A client for the server that all tests of this JVM share. */
    public static final DynamoDbAsyncClient CLIENT = DynamoServers.shared().client();

    /** The name of the shared table. */
    public static synchronized String shared() {
        String made = name;
        if (made == null) {
            made = create();
            name = made;
        }
        return made;
    }

    /** The shared table with a long timeout. */
    public static DynamoConfig config() {
        return DynamoConfig.builder(shared()).requestTimeout(PATIENCE).build();
    }

    /** A new table. */
    public static String create() {
        String made = "webchat-" + UUID.randomUUID();
        DynamoTable.of(CLIENT, made)
                .create()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return made;
    }
}
