package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table that all tests of this JVM share, and a client for it. Users and rooms have new names in each test. */
final class Tables {
    /** A time-out that a busy machine does not reach. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static @Nullable String name;

    private Tables() {}

    static final DynamoDbAsyncClient CLIENT = DynamoServers.shared().client();

    static synchronized String shared() {
        String made = name;
        if (made == null) {
            made = create();
            name = made;
        }
        return made;
    }

    static DynamoConfig config() {
        return DynamoConfig.builder(shared()).requestTimeout(PATIENCE).build();
    }

    /** A new table. */
    static String create() {
        String made = "webchat-" + UUID.randomUUID();
        DynamoTable.of(CLIENT, made)
                .create()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return made;
    }
}
