package io.webchat.socketio.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.webchat.core.ChatObserver;
import io.webchat.core.micrometer.MicrometerChatObserver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The metrics of the chat, in an application that has a registry. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
class MetricsConfiguration {
    /** Counts and times in the registry of the application. */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean(ChatObserver.class)
    MicrometerChatObserver chatObserver(MeterRegistry registry) {
        return new MicrometerChatObserver(registry);
    }
}
