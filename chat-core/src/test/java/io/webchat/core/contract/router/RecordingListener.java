package io.webchat.core.contract.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Envelope;
import io.webchat.core.spi.RouterListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Records the events that a subscription receives. */
final class RecordingListener implements RouterListener {
    private final List<Envelope> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger resubscribed = new AtomicInteger();

    @Override
    public void onEvent(Envelope envelope) {
        events.add(envelope);
    }

    @Override
    public void onResubscribed() {
        resubscribed.incrementAndGet();
    }

    /** Returns how often the subscription was interrupted. */
    int resubscribed() {
        return resubscribed.get();
    }

    List<Envelope> events() {
        return List.copyOf(events);
    }

    /** Waits until this event was received. */
    void await(Envelope last) {
        if (events.contains(last)) {
            return;
        }
        Awaitility.await()
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(StageResults.TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(events).contains(last));
    }
}
