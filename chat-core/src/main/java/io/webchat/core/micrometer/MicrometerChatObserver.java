package io.webchat.core.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.webchat.core.ChatObserver;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.EventKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Counts the work of the engine in a {@link MeterRegistry}. The meters, with their tags:
 *
 * <ul>
 * <li>{@code webchat.send} ({@code duplicate}): a timer from the acceptance of a message to its acknowledgement
 * <li>{@code webchat.refused} ({@code code})
 * <li>{@code webchat.peer.faults} ({@code kind})
 * <li>{@code webchat.emitted} ({@code kind})
 * <li>{@code webchat.receipts} ({@code kind})
 * <li>{@code webchat.offline}
 * <li>{@code webchat.offline.dropped}
 * <li>{@code webchat.listener.dropped}
 * <li>{@code webchat.sessions}: a gauge
 * <li>{@code webchat.sessions.closed} ({@code reason})
 * <li>{@code webchat.queue.rereads}
 * <li>{@code webchat.queue.gaps}
 * <li>{@code webchat.queue.recovered}
 * <li>{@code webchat.queue.trimmed}
 * <li>{@code webchat.policy.failures} ({@code policy})
 * <li>{@code webchat.backend.failures} ({@code operation})
 * </ul>
 */
public final class MicrometerChatObserver implements ChatObserver {
    private final MeterRegistry registry;
    private final Timer first;
    private final Timer repeated;
    private final Counter offline;
    private final Counter offlineDropped;
    private final Counter listenerDropped;
    private final Counter rereads;
    private final Counter gaps;
    private final Counter recovered;
    private final Counter trimmed;
    private final AtomicInteger sessions;
    private final Map<ErrorCode, Counter> refused;
    private final Map<EventKind, Counter> emitted;
    private final Map<EventKind, Counter> receipts;
    private final Map<CloseReason, Counter> closed;

    /** Makes an observer whose meters are in this registry. */
    public MicrometerChatObserver(MeterRegistry registry) {
        this.registry = registry;
        first = registry.timer("webchat.send", "duplicate", "false");
        repeated = registry.timer("webchat.send", "duplicate", "true");
        offline = registry.counter("webchat.offline");
        offlineDropped = registry.counter("webchat.offline.dropped");
        listenerDropped = registry.counter("webchat.listener.dropped");
        rereads = registry.counter("webchat.queue.rereads");
        gaps = registry.counter("webchat.queue.gaps");
        recovered = registry.counter("webchat.queue.recovered");
        trimmed = registry.counter("webchat.queue.trimmed");
        sessions = new AtomicInteger();
        Gauge.builder("webchat.sessions", sessions, AtomicInteger::get)
                .strongReference(true)
                .register(registry);
        refused = counters(ErrorCode.class, "webchat.refused", "code", ErrorCode::wire);
        emitted = counters(EventKind.class, "webchat.emitted", "kind", EventKind::wire);
        receipts = counters(EventKind.class, "webchat.receipts", "kind", EventKind::wire);
        closed = counters(
                CloseReason.class,
                "webchat.sessions.closed",
                "reason",
                reason -> reason.name().toLowerCase(Locale.ROOT));
    }

    private <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> type, String name, String tag, Function<E, String> value) {
        Map<E, Counter> all = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            all.put(each, registry.counter(name, tag, value.apply(each)));
        }
        return all;
    }

    private static <E extends Enum<E>> void count(Map<E, Counter> counters, E which) {
        Objects.requireNonNull(counters.get(which)).increment();
    }

    @Override
    public void accepted(boolean duplicate, Duration latency) {
        (duplicate ? repeated : first).record(latency);
    }

    @Override
    public void refused(ErrorCode code) {
        count(refused, code);
    }

    @Override
    public void peerFault(String kind) {
        registry.counter("webchat.peer.faults", "kind", kind).increment();
    }

    @Override
    public void emitted(EventKind kind) {
        count(emitted, kind);
    }

    @Override
    public void receiptStored(EventKind kind) {
        count(receipts, kind);
    }

    @Override
    public void offline() {
        offline.increment();
    }

    @Override
    public void offlineDropped() {
        offlineDropped.increment();
    }

    @Override
    public void listenerDropped() {
        listenerDropped.increment();
    }

    @Override
    public void sessionOpened() {
        sessions.incrementAndGet();
    }

    @Override
    public void sessionClosed(CloseReason reason) {
        sessions.decrementAndGet();
        count(closed, reason);
    }

    @Override
    public void queueReread() {
        rereads.increment();
    }

    @Override
    public void recovered() {
        recovered.increment();
    }

    @Override
    public void queueTrimmed(long events) {
        trimmed.increment((double) events);
    }

    @Override
    public void gap(long missing) {
        gaps.increment();
    }

    @Override
    public void policyFailed(String policy) {
        registry.counter("webchat.policy.failures", "policy", policy).increment();
    }

    @Override
    public void backendFailed(String operation) {
        registry.counter("webchat.backend.failures", "operation", operation).increment();
    }
}
