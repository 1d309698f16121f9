package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.dynamo.internal.queue.TableQueue;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Offline queues in DynamoDB, for nodes that have no Redis which keeps its data. What was appended is durable before
 * the stage completes; any node can go on where another one died.
 *
 * <p>A queue is a partition, {@code Q#<user>}, of the table that the call log is in:
 *
 * <ul>
 *   <li>{@code HEAD}: where the list begins and ends, each device's cursor, and what was appended last, about 1 KB of
 *       it at rest. Each step is one conditional write of this item, and that alone makes it take effect.
 *   <li>{@code E#<Seq>}: an event for which the head item has no room any more. Deleted, when nobody waits for it,
 *       along with a later step; in the end it expires.
 *   <li>{@code S#<digest>}: what makes a resend known once the head item has no room for it. Expires after the dedupe
 *       window, which alone bounds it: {@link QueueLimits#maxDedupe()} has no effect.
 * </ul>
 *
 * <p>A node takes the calls for one user in their order, those that wait all at once. A message of up to 300 characters
 * costs about 3 write units and 3 read units where it is confirmed at once, 4 and 2 where it waits for long, and less
 * where many come at once.
 *
 * <p>Stages complete on threads of the client: do not block them. They fail with {@code unavailable} where too much
 * waits, DynamoDB does not answer in time or throttles for longer than {@link DynamoConfig#writeTimeout()}; the step
 * may have been taken all the same, and repeating it is safe. An event may be called a duplicate of itself where its
 * first answer was lost. One of more than 350 000 bytes is {@code too_large}. Time is the nodes' clocks, whose
 * differences must be small compared with the limits.
 *
 * <p>Safe for use by any number of threads.
 */
public final class DynamoOfflineQueue implements OfflineQueue, AutoCloseable {
    private final TableQueue queue;

    private DynamoOfflineQueue(TableQueue queue) {
        this.queue = queue;
    }

    /**
     * Queues with the default limits, in a table that {@link DynamoTable} created. The caller closes the client last.
     */
    public static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config) {
        return create(client, config, QueueLimits.DEFAULT);
    }

    /**
     * Queues with other limits, which should be the same on all nodes.
     *
     * @throws IllegalArgumentException if the limits allow more than 256 devices
     */
    public static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config, QueueLimits limits) {
        return create(client, config, limits, Clock.systemUTC());
    }

    static DynamoOfflineQueue create(DynamoDbAsyncClient client, DynamoConfig config, QueueLimits limits, Clock clock) {
        return new DynamoOfflineQueue(new TableQueue(client, config.settings(), limits, clock));
    }

    @Override
    public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
        return queue.attach(user, device, after);
    }

    @Override
    public CompletionStage<Appended> append(UserId user, ChatEvent event) {
        return queue.append(user, event);
    }

    @Override
    public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
        return queue.read(user, after, limit);
    }

    @Override
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long upTo) {
        return queue.confirm(user, device, upTo);
    }

    /**
     * Takes no more calls and waits until the earlier ones are answered. Blocks at most for the timeouts of a write and
     * a request together. Repeating it has no effect.
     */
    @Override
    public void close() {
        queue.close();
    }
}
