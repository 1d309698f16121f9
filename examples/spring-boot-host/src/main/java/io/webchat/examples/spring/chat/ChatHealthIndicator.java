package io.webchat.examples.spring.chat;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while clients can connect; out of service before that, and from the beginning of a shutdown on. */
public final class ChatHealthIndicator implements HealthIndicator {
    private final ChatServer server;

    ChatHealthIndicator(ChatServer server) {
        this.server = server;
    }

    @Override
    public Health health() {
        return server.port().isPresent()
                ? Health.up().withDetail("port", server.port().getAsInt()).build()
                : Health.outOfService().build();
    }
}
