package io.webchat.examples.server.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The figures of pushes. */
final class PushMetrics {
    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter repeated;
    private final Counter dropped;
    private final Counter replaced;
    private final Counter gone;

    PushMetrics(MeterRegistry registry) {
        this.registry = registry;
        delivered = registry.counter("webchat.push.delivered");
        repeated = registry.counter("webchat.push.repeated");
        dropped = registry.counter("webchat.push.dropped");
        replaced = registry.counter("webchat.push.replaced");
        gone = registry.counter("webchat.push.gone");
    }

    void waiting(Supplier<Number> pushes) {
        Gauge.builder("webchat.push.waiting", pushes).register(registry);
    }

    /** A push service took a push. */
    void delivered() {
        delivered.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void dropped(int pushes) {
        dropped.increment(pushes);
    }

    /** A newer push of the same conversation took the place of one that was not sent yet. */
    void replaced() {
        replaced.increment();
    }

    /** A push service does not know a subscription any more. */
    void gone() {
        gone.increment();
    }
}
