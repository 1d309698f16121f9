package io.webchat.dynamo.spring;

import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.QueueLimits;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoOfflineQueue;
import io.webchat.dynamo.DynamoTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Queues in DynamoDB too if nothing else does. A queue in Redis comes first, because it costs less. */
@AutoConfiguration(
        after = DynamoStoresAutoConfiguration.class,
        afterName = "io.webchat.redis.spring.RedisChatAutoConfiguration")
@ConditionalOnBean(DynamoTable.class)
public class DynamoQueueAutoConfiguration {
    /** Stores events until they are confirmed. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(OfflineQueue.class)
    DynamoOfflineQueue webchatDynamoQueue(
            DynamoDbAsyncClient client, DynamoConfig config, DynamoTable usable, ObjectProvider<QueueLimits> limits) {
        return DynamoOfflineQueue.create(client, config, limits.getIfAvailable(() -> QueueLimits.DEFAULT));
    }
}
