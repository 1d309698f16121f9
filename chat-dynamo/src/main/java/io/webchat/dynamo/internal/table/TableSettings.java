package io.webchat.dynamo.internal.table;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The values of a checked configuration.
 *
 * @param table the table's name
 * @param retention how long messages are kept; null means for ever
 * @param groupCommit how long a message waits for others that are written with it
 * @param batches the largest number of batches in flight
 * @param flushInterval the longest time until a watermark is written
 * @param requestTimeout the timeout of one request, retries of the SDK included
 * @param writeTimeout how long a throttled write is retried
 * @param maxWaiting the largest number of writes that wait
 * @param maxWaitingBytes the largest size of the writes that wait, in bytes
 * @param outages tells of outages, once for all stores on this table
 */
public record TableSettings(
        String table,
        @Nullable Duration retention,
        Duration groupCommit,
        int batches,
        Duration flushInterval,
        Duration requestTimeout,
        Duration writeTimeout,
        int maxWaiting,
        long maxWaitingBytes,
        TableOutageLog outages) {
    /** How long {@code close} waits at most: the timeouts of a write and of a request together, in milliseconds. */
    public long closeMillis() {
        return writeTimeout.plus(requestTimeout).toMillis();
    }
}
