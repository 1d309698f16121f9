package io.webchat.examples.server.backends;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * The address of a DynamoDB.
 *
 * @param endpoint its address; null for AWS's own
 */
public record DynamoAddress(@Nullable URI endpoint) {
    private static final String AWS = "aws";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    // For calls that name no time of their own, with the SDK's repetitions.
    private static final Duration CALL = Duration.ofSeconds(20);

    /**
     * The value of the option.
     *
     * @throws IllegalArgumentException when it is neither {@code aws} nor an address
     */
    public static DynamoAddress of(String text) {
        if (text.equals(AWS)) {
            return new DynamoAddress(null);
        }
        URI endpoint = URI.create(text);
        String authority = Objects.requireNonNullElse(endpoint.getRawAuthority(), "");
        if (endpoint.getHost() == null && authority.contains("_")) {
            throw new IllegalArgumentException("the host " + authority
                    + " has an underscore, which AWS's client does not take: use another name, or the address");
        }
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (endpoint.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("must be aws, http://host:port or https://host:port");
        }
        return new DynamoAddress(endpoint);
    }

    /** Whether this is a DynamoDB Local, which takes any credentials, and whose tables are nobody's to plan. */
    boolean isLocal() {
        return endpoint != null && "http".equalsIgnoreCase(endpoint.getScheme());
    }

    /**
     * A client for it, which the caller closes.
     *
     * @throws IllegalArgumentException when AWS's tools find no region or no credentials, with one sentence about it
     */
    DynamoDbAsyncClient client() {
        DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder()
                .overrideConfiguration(with -> with.apiCallTimeout(CALL))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().connectionTimeout(CONNECT));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (isLocal()) {
            builder.region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(AwsBasicCredentials.create("webchat", "webchat")));
        }
        try {
            if (!isLocal()) {
                AwsCredentials.require("--dynamo " + (endpoint == null ? AWS : endpoint));
            }
            return builder.build();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "--dynamo " + (endpoint == null ? AWS : endpoint) + ": no region is configured; set AWS_REGION", e);
        }
    }

    @Override
    public String toString() {
        return endpoint == null ? "AWS" : endpoint.toString();
    }
}
