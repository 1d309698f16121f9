package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table that all tests of this JVM share, and a client for it. Users and rooms have new names in each test. */
final class Tables {
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
