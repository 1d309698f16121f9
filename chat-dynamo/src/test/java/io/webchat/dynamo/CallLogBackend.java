package io.webchat.dynamo;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.spi.calllog.CallLogStore;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Call logs in the shared table. Each node collects its own writes. */
final class CallLogBackend implements ContractBackend<CallLogStore> {
    private final ConcurrentLinkedQueue<DynamoCallLogStore> opened = new ConcurrentLinkedQueue<>();

    @Override
    public CallLogStore node() {
        DynamoConfig config = DynamoConfig.builder(Tables.shared())
                .flushInterval(Duration.ofMillis(100))
                .requestTimeout(Duration.ofSeconds(10))
                .build();
        DynamoCallLogStore node = DynamoCallLogStore.create(Tables.CLIENT, config);
        opened.add(node);
        return node;
    }

    @Override
    public void close() {
        opened.forEach(DynamoCallLogStore::close);
    }
}
