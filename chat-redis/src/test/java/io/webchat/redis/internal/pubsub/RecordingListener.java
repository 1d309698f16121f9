package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Remembers the messages of a channel and the number of its resubscriptions. */
public final class RecordingListener implements ChannelSubscriptions.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger resubscribed = new AtomicInteger();

    @Override
    public void message(byte[] payload) {
        heard.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void resubscribed() {
        resubscribed.incrementAndGet();
    }

    /** The messages so far, in order. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    int resubscriptions() {
        return resubscribed.get();
    }

    /** Waits until this message came. */
    public void awaitHeard(String text) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard).contains(text));
    }

    /** Waits until the listener was told of a new subscription. */
    public void awaitResubscribed() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(resubscribed).hasPositiveValue());
    }
}
