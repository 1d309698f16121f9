package io.webchat.socketio.spring;

import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.OfflineListener;
import io.webchat.core.UserDirectory;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.rooms.RoomStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Puts the beans of the application into its chat. The customizers of the application run after these. */
@Configuration(proxyBeanMethods = false)
class ChatPartsConfiguration {
    /** Takes the router, the queue and the stores; a part without a bean stays in memory. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ChatCustomizer chatBackends(
            ObjectProvider<ChatRouter> routers,
            ObjectProvider<OfflineQueue> queues,
            ObjectProvider<QueueLimits> queueLimits,
            ObjectProvider<CallLogStore> callLogs,
            ObjectProvider<RoomStore> rooms,
            ObjectProvider<ProfileStore> profiles,
            ObjectProvider<AttachmentStore> attachments) {
        return chat -> {
            queueLimits.ifAvailable(limits -> chat.offlineQueue(MemoryOfflineQueue.create(limits, Clock.systemUTC())));
            queues.ifAvailable(chat::offlineQueue);
            rooms.ifAvailable(chat::rooms);
            profiles.ifAvailable(chat::profiles);
            attachments.ifAvailable(chat::attachments);
            callLogs.ifAvailable(chat::callLog);
            routers.ifAvailable(chat::router);
        };
    }

    /** Publishes what happens in the chat as events of the application. */
    @Bean
    @ConditionalOnMissingBean(ChatListener.class)
    EventPublishingListener chatEvents(ApplicationEventPublisher application) {
        return new EventPublishingListener(application);
    }

    /** Takes the beans that know the users, or hear of messages. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    ChatCustomizer chatListeners(
            ObjectProvider<ChatObserver> observers,
            ObjectProvider<OfflineListener> offlineListeners,
            ObjectProvider<ChatListener> listeners,
            ObjectProvider<UserDirectory> directories) {
        return chat -> {
            observers.ifAvailable(chat::observer);
            offlineListeners.ifAvailable(chat::offlineListener);
            listeners.ifAvailable(chat::listener);
            directories.ifAvailable(chat::userDirectory);
        };
    }

    /** Takes the policies of the application; message policies run in the order of their beans. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    ChatCustomizer chatPolicies(
            ObjectProvider<MessagePolicy> messagePolicies, ObjectProvider<ContactPolicy> contactPolicies) {
        return chat -> {
            chat.messagePolicies(messagePolicies.orderedStream().toArray(MessagePolicy[]::new));
            contactPolicies.ifAvailable(chat::contactPolicy);
        };
    }
}
