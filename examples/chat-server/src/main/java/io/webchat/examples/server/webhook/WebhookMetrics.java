package io.webchat.examples.server.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of the webhook. */
final class WebhookMetrics {
    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter repeated;
    private final Counter dropped;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        delivered = registry.counter("webchat.webhook.delivered");
        repeated = registry.counter("webchat.webhook.repeated");
        dropped = registry.counter("webchat.webhook.dropped");
    }

    void waiting(AtomicInteger posts) {
        registry.gauge("webchat.webhook.waiting", posts);
    }

    void delivered() {
        delivered.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void dropped() {
        dropped.increment();
    }
}
