package io.webchat.dynamo;

import io.webchat.dynamo.internal.table.TableSettings;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Lets tests of the internal packages call package-private methods of this package. */
public final class DynamoAccess {
    private DynamoAccess() {}

    /** The values of this configuration. */
    public static TableSettings settings(DynamoConfig config) {
        return config.settings();
    }

    /** A call log with this clock. */
    public static DynamoCallLogStore callLog(DynamoDbAsyncClient client, DynamoConfig config, Clock clock) {
        return DynamoCallLogStore.create(client, config, clock);
    }
}
