package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueRemoval;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.UndeliveredMessages;
import io.webchat.dynamo.internal.queue.TableQueue;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Offline queues in DynamoDB, for deployments whose Redis does not keep its data. An appended event is durable before
 * the stage completes, and any node can go on after another died.
 *
 * <p>A queue is a partition, {@code Q#<user>}, of the same table as the call log:
 *
 * <ul>
 *   <li>{@code HEAD}: the ends of the list, the cursor of each device, and the latest events; about 1 KB at rest. Each
 *       step is one conditional write of this item, and takes effect with it.
 *   <li>{@code E#<Seq>}: an event that the head item has no capacity for. A later step deletes it once all devices have
 *       confirmed it; at last it expires.
 *   <li>{@code S#<digest>}: recognises a resend of an event that has left the head item. It expires after the dedupe
 *       window, so {@link QueueLimits#maxDedupe()} has no effect.
 * </ul>
 *
 * <p>A node handles the calls for one user in their order, and all waiting calls together. A message of up to 300
 * characters that is confirmed at once costs about 3 write units and 3 read units. One that waits for long costs about
 * 4 and 2. Many messages at once cost less each.
 *
 * <p>Stages complete on threads of the client: do not block them. They fail with {@code unavailable} if too many calls
 * wait, if DynamoDB does not answer in time, or if it throttles for longer than {@link DynamoConfig#writeTimeout()}.
 * The step may have taken effect all the same, and repeating it is safe. An event whose first answer was lost may be
 * called a duplicate of itself. An event of more than 350 000 bytes is {@code too_large}. The nodes' clocks must agree
 * to within a small part of the limits.
 *
 * <p>Safe for use by any number of threads.
 */
public final class DynamoOfflineQueue implements OfflineQueue, QueueRemoval, AutoCloseable {
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
    public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
        return queue.confirm(user, device, epoch, upTo);
    }

    /** Has no effect: these queues are durable, and count as restored always. */
    @Override
    public CompletionStage<Boolean> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
        return queue.restore(user, epoch, undelivered);
    }

    @Override
    public CompletionStage<Void> clear(UserId user) {
        return queue.clear(user).thenApply(cleared -> null);
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
