package io.webchat.dynamo;

import io.webchat.core.ChatEvent;
import io.webchat.core.DeviceId;
import io.webchat.core.UserId;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.core.spi.QueueSlice;
import io.webchat.core.spi.UndeliveredMessages;
import io.webchat.dynamo.internal.table.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Queues in the shared table. Each node has pending calls of its own; all nodes have the same clock, which can be
 * moved.
 */
final class QueueBackend implements ContractBackend<OfflineQueue> {
    private final QueueLimits limits;
    private final MovableClock clock = MovableClock.running();
    private final Set<UserId> users = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<DynamoOfflineQueue> opened = new ConcurrentLinkedQueue<>();

    QueueBackend(QueueLimits limits) {
        this.limits = limits;
    }

    /** A node that remembers whose queues it was asked for, so that these can be lost. */
    private record Node(OfflineQueue queue, Set<UserId> users) implements OfflineQueue {
        @Override
        public CompletionStage<Attachment> attach(UserId user, DeviceId device, long after) {
            users.add(user);
            return queue.attach(user, device, after);
        }

        @Override
        public CompletionStage<Appended> append(UserId user, ChatEvent event) {
            users.add(user);
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

        @Override
        public CompletionStage<Boolean> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
            return queue.restore(user, epoch, undelivered);
        }
    }

    @Override
    public OfflineQueue node() {
        DynamoConfig config = DynamoConfig.builder(Tables.shared())
                .requestTimeout(Tables.PATIENCE)
                .writeTimeout(Tables.PATIENCE)
                .build();
        DynamoOfflineQueue queue = DynamoOfflineQueue.create(Tables.CLIENT, config, limits, clock);
        opened.add(queue);
        return new Node(queue, users);
    }

    @Override
    public void advance(Duration time) {
        clock.advance(time);
    }

    @Override
    public void loseData() {
        // A new table is never created within the same millisecond as the loss of the old one.
        advance(Duration.ofSeconds(1));
        LogNode.await(CompletableFuture.allOf(users.stream()
                .flatMap(user -> items(user).stream())
                .map(item -> Tables.CLIENT.deleteItem(
                        delete -> delete.tableName(Tables.shared()).key(Item.key(item))))
                .toArray(CompletableFuture<?>[]::new)));
    }

    private static List<Map<String, AttributeValue>> items(UserId user) {
        return LogNode.await(Tables.CLIENT.query(query -> query.tableName(Tables.shared())
                        .consistentRead(true)
                        .keyConditionExpression("pk = :queue")
                        .expressionAttributeValues(Map.of(":queue", Item.text("Q#" + user.value())))))
                .items();
    }

    @Override
    public void close() {
        opened.forEach(DynamoOfflineQueue::close);
    }
}
