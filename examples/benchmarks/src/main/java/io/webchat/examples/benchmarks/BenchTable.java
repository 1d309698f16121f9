package io.webchat.examples.benchmarks;

import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoTable;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * A new table, for one benchmark.
 *
 * @param client the client of all that uses it
 * @param name its name
 */
record BenchTable(DynamoDbAsyncClient client, String name) {
    /** Time enough for a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Makes it; the client stays the caller's. */
    static BenchTable create(DynamoDbAsyncClient client) {
        BenchTable made = new BenchTable(client, "benchmark-" + System.nanoTime());
        DynamoTable.of(client, made.name).create().toCompletableFuture().join();
        return made;
    }

    /** A call log in it, as configured by default but for the time-outs. */
    DynamoCallLogStore callLog() {
        DynamoConfig config = DynamoConfig.builder(name)
                .requestTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .build();
        return DynamoCallLogStore.create(client, config);
    }
}
