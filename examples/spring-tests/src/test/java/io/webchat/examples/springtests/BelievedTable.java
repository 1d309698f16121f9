package io.webchat.examples.springtests;

import io.webchat.dynamo.DynamoTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A table that nobody asks at the start. */
@Configuration(proxyBeanMethods = false)
class BelievedTable {
    @Bean
    DynamoTable table(DynamoDbAsyncClient client) {
        return DynamoTable.of(client, "talk");
    }
}
