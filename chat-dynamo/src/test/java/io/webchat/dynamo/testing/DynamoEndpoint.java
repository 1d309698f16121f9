package io.webchat.dynamo.testing;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * A DynamoDB that tests may use.
 *
 * @param uri its address
 */
public record DynamoEndpoint(URI uri) {
    /** A client builder for it, with credentials that DynamoDB Local accepts. */
    public DynamoDbAsyncClientBuilder builder() {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("webchat", "webchat")));
    }

    /** A client for it. The caller closes it. */
    public DynamoDbAsyncClient client() {
        return builder().build();
    }
}
