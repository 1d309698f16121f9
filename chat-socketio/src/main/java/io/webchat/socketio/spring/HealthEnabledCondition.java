package io.webchat.socketio.spring;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Holds unless {@code management.health.webchat.enabled}, or without it {@code management.health.defaults.enabled}, is
 * false. Spring Boot has this rule for its own indicators, in each generation under another name.
 */
final class HealthEnabledCondition implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        boolean byDefault = environment.getProperty("management.health.defaults.enabled", Boolean.class, true);
        return environment.getProperty("management.health.webchat.enabled", Boolean.class, byDefault);
    }
}
