package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.dynamo.internal.table.Item;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Queues in one table; each node has a client and lanes of its own, and the same clock, which can be moved. */
final class QueueBackend implements ContractBackend<OfflineQueue> {
    private final QueueLimits limits;
    private final String table;
    private final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);
    private final ConcurrentLinkedQueue<DynamoOfflineQueue> opened = new ConcurrentLinkedQueue<>();

    QueueBackend(QueueLimits limits) {
        this(limits, Tables.create());
    }

    QueueBackend(QueueLimits limits, String table) {
        this.limits = limits;
        this.table = table;
    }

    Clock clock() {
        InstantSource moved = () -> Instant.now().plus(skew.get());
        return moved.withZone(ZoneOffset.UTC);
    }

    DynamoConfig config() {
        return DynamoConfig.builder(table)
                .requestTimeout(Tables.PATIENCE)
                .writeTimeout(Tables.PATIENCE)
                .build();
    }

    @Override
    public OfflineQueue node() {
        DynamoOfflineQueue node = DynamoOfflineQueue.create(Tables.CLIENT, config(), limits, clock());
        opened.add(node);
        return node;
    }

    @Override
    public void advance(Duration time) {
        skew.updateAndGet(before -> before.plus(time));
    }

    @Override
    public void loseData() {
        // No table is made anew within the millisecond in which it was lost.
        advance(Duration.ofSeconds(1));
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        LogNode.await(Tables.CLIENT
                .scanPaginator(scan -> scan.tableName(table))
                .items()
                .subscribe(item -> keys.add(Item.key(item))));
        keys.forEach(key -> LogNode.await(
                Tables.CLIENT.deleteItem(delete -> delete.tableName(table).key(key))));
    }

    @Override
    public void close() {
        opened.forEach(DynamoOfflineQueue::close);
        LogNode.await(Tables.CLIENT.deleteTable(each -> each.tableName(table)));
    }
}
