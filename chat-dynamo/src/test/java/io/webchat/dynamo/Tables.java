package io.webchat.dynamo;

import io.webchat.dynamo.testing.DynamoServers;
import java.time.Duration;
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

    /** For the shared table, with time-outs that a busy machine does not reach. */
    static DynamoConfig config() {
        return DynamoConfig.builder(shared())
                .requestTimeout(Duration.ofSeconds(10))
                .build();
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
