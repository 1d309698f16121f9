package io.webchat.socketio.spring;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.spi.BackendCheck;
import io.webchat.socketio.SocketIoServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * A chat from the properties {@code webchat.*} and the beans of the application. It needs a bean of type {@link
 * Authenticator}, or a {@code JwtDecoder}. Each bean here gives way to one of the application's own.
 */
@AutoConfiguration(
        afterName = {
            // Spring Boot 4, then 3.
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet"
                    + ".OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.autoconfigure.security.oauth2.resource.servlet"
                    + ".OAuth2ResourceServerAutoConfiguration",
            "io.webchat.redis.spring.RedisChatAutoConfiguration",
            "io.webchat.dynamo.spring.DynamoStoresAutoConfiguration",
            "io.webchat.dynamo.spring.S3FilesAutoConfiguration"
        })
@ConditionalOnProperty(name = "webchat.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WebchatProperties.class)
@Import({
    AttachmentsConfiguration.class,
    ChatPartsConfiguration.class,
    JwtAuthenticatorConfiguration.class,
    MetricsConfiguration.class,
    Boot3HealthConfiguration.class,
    Boot4HealthConfiguration.class
})
public class WebchatAutoConfiguration {
    /** The limits of the chat, from the properties. */
    @Bean
    @ConditionalOnMissingBean
    ChatConfig chatConfig(WebchatProperties properties) {
        WebchatProperties.Limits limits = properties.limits();
        return ChatConfig.builder()
                .maxTextBytes(limits.maxTextBytes())
                .maxDataBytes(limits.maxDataBytes())
                .messagesPerSecond(limits.messagesPerSecond())
                .signalsPerSecond(limits.signalsPerSecond())
                .openingsPerSecond(limits.openingsPerSecond())
                .maxSessionsPerUser(limits.maxSessionsPerUser())
                .maxRoomMembers(limits.maxRoomMembers())
                .maxRoomsPerUser(limits.maxRoomsPerUser())
                .maxBlocks(limits.maxBlocks())
                .pushAfter(limits.pushAfter())
                .build();
    }

    /** The chat. Spring closes it after the server, which has drained it by then. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Chat chat(ChatConfig config, ObjectProvider<ChatCustomizer> customizers) {
        Chat.Builder builder = Chat.builder().config(config);
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return builder.build();
    }

    /** The server that opens the chat to clients while the application runs. */
    @Bean
    @ConditionalOnMissingBean({WebchatServer.class, SocketIoServer.class})
    WebchatServer webchatServer(
            Chat chat,
            Authenticator authenticator,
            WebchatProperties properties,
            ChatHealth health,
            ObjectProvider<SocketIoServerCustomizer> customizers) {
        SocketIoServer.Builder builder = SocketIoServer.builder(chat)
                .port(properties.port())
                .authenticator(authenticator)
                .allowedOrigins(properties.allowedOrigins())
                .allowedHosts(properties.allowedHosts())
                .trustedProxies(properties.trustedProxies())
                .basePath(properties.basePath())
                .rest(properties.rest())
                .requestsPerSecond(properties.requestsPerSecond())
                .refusedTokensPerSecond(properties.refusedTokensPerSecond())
                .readiness(health::ready);
        if (properties.host() != null) {
            builder.host(properties.host());
        }
        customizers.orderedStream().forEach(each -> each.customize(builder));
        return new WebchatServer(builder, properties.shutdownGrace());
    }

    /** The backends that the readiness and the health of this node depend on. */
    @Bean
    @ConditionalOnMissingBean
    ChatHealth chatHealth(ObjectProvider<BackendCheck> checks) {
        return new ChatHealth(checks.orderedStream().toList());
    }
}
