package io.webchat.examples.spring.chat;

import io.micrometer.core.instrument.MeterRegistry;
import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.core.OfflineListener;
import io.webchat.core.micrometer.MicrometerChatObserver;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.RoomStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * A chat from the properties {@code webchat.*} and whatever beans there are: an {@link Authenticator}, which is needed;
 * an {@link OfflineListener}; a router, a queue and stores, in place of those in memory. Each bean here gives way to
 * one of the application's.
 */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(WebchatProperties.class)
public class WebchatAutoConfiguration {
    /** Metrics, if there is a registry. */
    @Bean
    @ConditionalOnMissingBean
    ChatObserver chatObserver(ObjectProvider<MeterRegistry> registries) {
        MeterRegistry registry = registries.getIfAvailable();
        return registry == null ? ChatObserver.NONE : new MicrometerChatObserver(registry);
    }

    /** The chat. Spring closes it after the server, which has drained it by then. */
    @Bean
    @ConditionalOnMissingBean
    Chat chat(
            WebchatProperties properties,
            ChatObserver observer,
            ObjectProvider<OfflineListener> offlineListeners,
            ObjectProvider<ChatRouter> routers,
            ObjectProvider<OfflineQueue> queues,
            ObjectProvider<CallLogStore> callLogs,
            ObjectProvider<RoomStore> rooms,
            ObjectProvider<ProfileStore> profiles) {
        Chat.Builder builder = Chat.builder()
                .observer(observer)
                .config(ChatConfig.builder()
                        .messagesPerSecond(properties.messagesPerSecond())
                        .maxTextBytes(properties.maxTextBytes())
                        .pushAfter(properties.pushAfter())
                        .build());
        offlineListeners.ifAvailable(builder::offlineListener);
        routers.ifAvailable(builder::router);
        queues.ifAvailable(builder::offlineQueue);
        callLogs.ifAvailable(builder::callLog);
        rooms.ifAvailable(builder::rooms);
        profiles.ifAvailable(builder::profiles);
        return builder.build();
    }

    /** The server that opens the chat to clients while the application runs. */
    @Bean
    @ConditionalOnMissingBean
    ChatServer chatServer(Chat chat, Authenticator authenticator, WebchatProperties properties) {
        return new ChatServer(chat, authenticator, properties);
    }

    /** The chat's part of {@code /actuator/health}. */
    @Bean
    @ConditionalOnMissingBean
    ChatHealthIndicator chatHealthIndicator(ChatServer server) {
        return new ChatHealthIndicator(server);
    }
}
