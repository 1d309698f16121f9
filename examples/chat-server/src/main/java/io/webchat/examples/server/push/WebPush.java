package io.webchat.examples.server.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes each message that no device of its recipient confirmed in time to the recipient's browsers. The node that
 * accepted the message does so, and no other. What happens to rooms ({@code system.…}) is not pushed.
 */
public final class WebPush implements OfflineListener {
    private static final Logger log = LoggerFactory.getLogger(WebPush.class);
    private static final int THREADS = 4;
    private static final int MAX_LOOK_UPS = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final String SYSTEM = "system.";

    private final LogThrottle warnings = new LogThrottle();
    /** A permit for each look-up of subscriptions that is under way. */
    private final Semaphore lookUps = new Semaphore(MAX_LOOK_UPS);

    private final ScheduledExecutorService threads;
    private final PushSubscriptions subscriptions;
    private final PushMetrics metrics;
    private final PushSender sender;

    /**
     * Pushes.
     *
     * @param subscriptions the browsers
     * @param key the key of this server
     * @param rule the endpoints to which it posts
     * @param registry takes its figures
     */
    public WebPush(PushSubscriptions subscriptions, VapidKey key, EndpointRule rule, MeterRegistry registry) {
        this.subscriptions = subscriptions;
        this.metrics = new PushMetrics(registry);
        this.threads = Executors.newScheduledThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "webpush");
            thread.setDaemon(true);
            return thread;
        });
        HttpPushTransport transport = new HttpPushTransport(key, rule, Clock.systemUTC(), threads);
        this.sender = new PushSender(transport, this::runLater, System::nanoTime, metrics, this::remove);
    }

    private void runLater(Duration delay, Runnable task) {
        if (!threads.isShutdown()) {
            var unused = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void onOffline(OfflineMessage missed) {
        if (missed.message().content().type().startsWith(SYSTEM)) {
            return;
        }
        if (!admitted()) {
            onFailure("too many look-ups of subscriptions are under way");
            return;
        }
        var unused = subscriptions.of(missed.user()).whenComplete((all, failure) -> {
            try {
                if (failure == null) {
                    send(missed, all);
                } else {
                    onFailure(String.valueOf(failure));
                }
            } finally {
                lookUps.release();
            }
        });
    }

    /** Blocks the chat's thread for a while, so that the chat itself bounds what waits. */
    private boolean admitted() {
        try {
            return lookUps.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(OfflineMessage missed, List<PushSubscription> all) {
        all.stream()
                .filter(each -> each.wants(missed))
                .map(each -> Push.of(missed, each))
                .forEach(sender::send);
    }

    private void remove(Push push) {
        var unused = subscriptions.removeGone(push.user(), push.to().endpoint()).whenComplete((done, failure) -> {
            if (failure != null) {
                // The next push is answered the same, and removes it.
                log.debug("a subscription that is gone could not be removed", failure);
            }
        });
    }

    private void onFailure(String reason) {
        metrics.dropped(1);
        if (warnings.permits()) {
            log.warn("a message is not pushed: {}; others are not logged for 10 seconds", reason);
        }
    }

    /** Sends what waits as long as the grace, and gives up the rest. */
    public void close(Duration grace) {
        long begun = System.nanoTime();
        try {
            // All look-ups have ended when no permit is out.
            if (lookUps.tryAcquire(MAX_LOOK_UPS, grace.toMillis(), TimeUnit.MILLISECONDS)) {
                lookUps.release(MAX_LOOK_UPS);
            } else {
                log.warn("not all messages are pushed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration left = grace.minusNanos(System.nanoTime() - begun);
        sender.close(left.isNegative() ? Duration.ZERO : left);
        threads.shutdownNow();
    }
}
