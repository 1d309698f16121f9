package io.webchat.socketio.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The part of the chat in {@code /actuator/health} of Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
@Conditional(HealthEnabledCondition.class)
class Boot4HealthConfiguration {
    /** Up while clients can connect and all backends answer. */
    @Bean
    @ConditionalOnMissingBean(name = "webchatHealthIndicator")
    HealthIndicator webchatHealthIndicator(ObjectProvider<WebchatServer> server, ChatHealth health) {
        return () -> {
            ChatHealth.Report report = health.report(server.getIfAvailable());
            return Health.status(report.status()).withDetails(report.details()).build();
        };
    }
}
