package io.webchat.dynamo.spring;

import io.webchat.core.spi.BackendCheck;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoConfigBuilder;
import io.webchat.dynamo.DynamoProfileStore;
import io.webchat.dynamo.DynamoRoomStore;
import io.webchat.dynamo.DynamoTable;
import java.util.concurrent.CompletionException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/**
 * Keeps history, rooms and profiles in DynamoDB if {@code webchat.dynamo.table} is set. Each bean here gives way to one
 * of the application's own. The client may be one, too.
 */
@AutoConfiguration
@ConditionalOnProperty({"webchat.dynamo.table"})
@EnableConfigurationProperties(DynamoChatProperties.class)
public class DynamoStoresAutoConfiguration {
    /** The client. Region and credentials come from where AWS's tools look. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    DynamoDbAsyncClient webchatDynamoClient(DynamoChatProperties properties) {
        DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder();
        if (properties.endpoint() != null) {
            builder.endpointOverride(properties.endpoint());
        }
        if (properties.region() != null) {
            builder.region(Region.of(properties.region()));
        }
        if (properties.isLocal()) {
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("webchat", "webchat")));
            if (properties.region() == null) {
                builder.region(Region.US_EAST_1);
            }
        }
        return builder.build();
    }

    /** The settings of the adapters, from the properties. */
    @Bean
    @ConditionalOnMissingBean
    DynamoConfig webchatDynamoConfig(DynamoChatProperties properties) {
        DynamoConfigBuilder builder = DynamoConfig.builder(String.valueOf(properties.table()));
        if (properties.retention() != null) {
            builder.retention(properties.retention());
        }
        return builder.build();
    }

    /** The table, which is usable once this bean exists. */
    @Bean
    @ConditionalOnMissingBean
    DynamoTable webchatDynamoTable(DynamoDbAsyncClient client, DynamoConfig config, DynamoChatProperties properties) {
        DynamoTable table = DynamoTable.of(client, config.table());
        try {
            (properties.isLocal() ? table.create() : table.check())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "webchat.dynamo.table: " + Failures.unwrap(e).getMessage(), e);
        }
        return table;
    }

    /** Stores the history. It writes its last watermarks when the application stops. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(CallLogStore.class)
    DynamoCallLogStore webchatDynamoCallLog(DynamoDbAsyncClient client, DynamoConfig config, DynamoTable usable) {
        return DynamoCallLogStore.create(client, config);
    }

    /** Stores rooms. */
    @Bean
    @ConditionalOnMissingBean(RoomStore.class)
    DynamoRoomStore webchatDynamoRooms(DynamoDbAsyncClient client, DynamoConfig config, DynamoTable usable) {
        return DynamoRoomStore.create(client, config);
    }

    /** Stores profiles and blocks. */
    @Bean
    @ConditionalOnMissingBean(ProfileStore.class)
    DynamoProfileStore webchatDynamoProfiles(DynamoDbAsyncClient client, DynamoConfig config, DynamoTable usable) {
        return DynamoProfileStore.create(client, config);
    }

    /** Tells whether the table takes writes. */
    @Bean
    BackendCheck webchatDynamoCheck(DynamoTable table) {
        return BackendCheck.of("dynamodb", table::ready);
    }
}
