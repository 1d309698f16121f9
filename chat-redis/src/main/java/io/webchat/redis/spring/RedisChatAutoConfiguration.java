package io.webchat.redis.spring;

import io.webchat.core.spi.BackendCheck;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConfigBuilder;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.RedisProfileCache;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import java.util.concurrent.CompletionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Puts the chat on Redis if {@code webchat.redis.url} is set. Rooms and profiles live in Redis unless another bean
 * stores them. Each bean here gives way to one of the application's own.
 */
@AutoConfiguration(afterName = "io.webchat.dynamo.spring.DynamoStoresAutoConfiguration")
@ConditionalOnProperty({"webchat.redis.url"})
@EnableConfigurationProperties(RedisChatProperties.class)
public class RedisChatAutoConfiguration {
    /** The name of the bean that stores profiles in DynamoDB. */
    private static final String DYNAMO_PROFILES = "webchatDynamoProfiles";

    /** The settings of Redis, from the properties. */
    @Bean
    @ConditionalOnMissingBean
    RedisConfig webchatRedisConfig(RedisChatProperties properties) {
        RedisConfigBuilder builder = RedisConfig.builder(String.valueOf(properties.url()));
        if (properties.username() != null) {
            builder.username(properties.username());
        }
        if (properties.password() != null) {
            builder.password(properties.password());
        }
        return builder.build();
    }

    /** The connections that the adapters share. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    RedisConnections webchatRedis(RedisConfig config, RedisChatProperties properties) {
        RedisConnections redis = RedisConnections.open(config);
        if (properties.checkOnStart()) {
            try {
                redis.check().toCompletableFuture().join();
            } catch (CompletionException e) {
                redis.close();
                throw new IllegalStateException(
                        "webchat.redis.url: " + Failures.unwrap(e).getMessage(), e);
            }
        }
        return redis;
    }

    /** Reaches users on every node. */
    @Bean
    @ConditionalOnMissingBean(ChatRouter.class)
    RedisChatRouter webchatRedisRouter(RedisConnections redis) {
        return new RedisChatRouter(redis);
    }

    /** Stores events until they are confirmed. */
    @Bean
    @ConditionalOnMissingBean(OfflineQueue.class)
    RedisOfflineQueue webchatRedisQueue(RedisConnections redis, ObjectProvider<QueueLimits> limits) {
        return new RedisOfflineQueue(redis, limits.getIfAvailable(() -> QueueLimits.DEFAULT));
    }

    /** Stores rooms. */
    @Bean
    @ConditionalOnMissingBean(RoomStore.class)
    RedisRoomStore webchatRedisRooms(RedisConnections redis) {
        return new RedisRoomStore(redis);
    }

    /** Stores profiles and blocks. */
    @Bean
    @ConditionalOnMissingBean(ProfileStore.class)
    RedisProfileStore webchatRedisProfiles(RedisConnections redis) {
        return new RedisProfileStore(redis);
    }

    /** Caches the profiles that are in DynamoDB. */
    @Bean
    @Primary
    @ConditionalOnBean(name = DYNAMO_PROFILES)
    RedisProfileCache webchatProfileCache(RedisConnections redis, @Qualifier(DYNAMO_PROFILES) ProfileStore profiles) {
        return new RedisProfileCache(redis, profiles);
    }

    /** Tells whether Redis takes writes. */
    @Bean
    BackendCheck webchatRedisCheck(RedisConnections redis) {
        return BackendCheck.of("redis", redis::check);
    }
}
