package io.webchat.dynamo.spring;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The DynamoDB table that keeps the chat.
 *
 * @param table the name of the table; no DynamoDB if it is missing
 * @param endpoint the address of DynamoDB; that of AWS if it is missing. One of http:// is a DynamoDB Local, which
 *     takes any credentials, and where the table is made if it is missing
 * @param region the region, in place of the one that the AWS SDK finds
 * @param retention how long messages are kept; for ever if it is missing
 */
@ConfigurationProperties("webchat.dynamo")
public record DynamoChatProperties(
        @Nullable String table,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable Duration retention) {
    /** Returns whether the endpoint is a DynamoDB Local. */
    boolean isLocal() {
        return endpoint != null && "http".equalsIgnoreCase(endpoint.getScheme());
    }
}
