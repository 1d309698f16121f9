package io.webchat.examples.server.push;

import io.webchat.core.spi.support.Backoff;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends pushes. Of each conversation and browser one is on its way, and a newer one replaces the one that waits. A push
 * that a push service cannot take now is sent again later, as late as the service says, for 15 minutes. The pushes that
 * wait are bounded; further ones are dropped.
 */
final class PushSender {
    private static final Logger log = LoggerFactory.getLogger(PushSender.class);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** Between two pushes of one conversation to one browser. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int TIMEOUT_STATUS = 408;
    private static final int RATE_STATUS = 429;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final LogThrottle warnings = new LogThrottle();
    private final Backoff backoff = Backoff.halfJitter(Duration.ofSeconds(2), Duration.ofMinutes(2));
    private final PushLanes lanes = new PushLanes();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private final PushTransport transport;
    private final BiConsumer<Duration, Runnable> timer;
    private final LongSupplier nanoTime;
    private final PushMetrics metrics;
    private final Consumer<Push> onGone;

    /**
     * A sender.
     *
     * @param transport makes one post
     * @param timer runs a task after a delay
     * @param nanoTime the clock
     * @param onGone called for a push whose browser the push service does not know any more
     */
    PushSender(
            PushTransport transport,
            BiConsumer<Duration, Runnable> timer,
            LongSupplier nanoTime,
            PushMetrics metrics,
            Consumer<Push> onGone) {
        this.transport = transport;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.onGone = onGone;
        metrics.waiting(lanes::size);
    }

    /** Sends a push soon. */
    void send(Push push) {
        switch (lanes.add(new PushLane.Waiting(push, nanoTime.getAsLong() + PATIENCE.toNanos()))) {
            case WAITS -> sendReady();
            case REPLACES -> metrics.replaced();
            case REFUSED -> onDropped(1, "too many pushes wait");
        }
    }

    private void sendReady() {
        for (PushLanes.Sending next = lanes.next(); next != null; next = lanes.next()) {
            attempt(next);
        }
    }

    private void attempt(PushLanes.Sending sending) {
        var unused = started(sending.push().push()).whenComplete((answer, failure) -> {
            try {
                onEnd(sending, answer, failure);
            } finally {
                // On the timer's thread, because many pushes in a row may end at once.
                timer.accept(Duration.ZERO, this::sendReady);
                if (lanes.isDone()) {
                    idle.complete(null);
                }
            }
        });
    }

    private CompletableFuture<PushTransport.Answer> started(Push push) {
        try {
            return transport.post(push);
        } catch (RuntimeException e) {
            // The push holds a place.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onEnd(PushLanes.Sending sending, PushTransport.@Nullable Answer answer, @Nullable Throwable failure) {
        int status = answer == null ? 0 : answer.status();
        if (status / 100 == 2) {
            metrics.delivered();
            end(sending);
        } else if (status == NOT_FOUND || status == GONE) {
            metrics.gone();
            onDropped(lanes.remove(sending.lane()), "the browser is gone");
            onGone.accept(sending.push().push());
        } else {
            onFailure(sending, answer, failure);
        }
    }

    private void end(PushLanes.Sending sending) {
        if (lanes.end(sending.lane())) {
            resumeAfter(PAUSE, sending.lane());
        }
    }

    private void onFailure(
            PushLanes.Sending sending, PushTransport.@Nullable Answer answer, @Nullable Throwable failure) {
        String reason = answer == null ? String.valueOf(failure) : "it answers " + answer.status();
        if (answer != null && isFinal(answer.status())) {
            onDropped(1, reason);
            end(sending);
            return;
        }
        int failures = sending.lane().failures();
        Duration pause =
                answer == null ? backoff.delay(failures) : answer.retryAfter().orElseGet(() -> backoff.delay(failures));
        if (nanoTime.getAsLong() + pause.toNanos() - sending.push().until() > 0) {
            onDropped(1, reason);
            end(sending);
        } else if (lanes.putBack(sending)) {
            metrics.repeated();
            resumeAfter(pause, sending.lane());
        } else {
            onDropped(1, reason);
        }
    }

    private static boolean isFinal(int status) {
        return status / 100 != 5 && status != TIMEOUT_STATUS && status != RATE_STATUS;
    }

    private void resumeAfter(Duration pause, PushLane lane) {
        timer.accept(pause, () -> {
            lanes.resume(lane);
            sendReady();
        });
    }

    private void onDropped(int pushes, String reason) {
        if (pushes == 0) {
            return;
        }
        metrics.dropped(pushes);
        if (warnings.permits()) {
            log.warn("a push service did not get a push: {}; others are not logged for 10 seconds", reason);
        }
    }

    /** Takes no more pushes, gives up those that pause, and waits for the others as long as the grace. */
    void close(Duration grace) {
        onDropped(lanes.close(), "this node ends");
        if (lanes.isDone()) {
            idle.complete(null);
        }
        idle.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS).join();
        if (lanes.size() > 0) {
            log.warn("{} pushes are not sent", lanes.size());
        }
    }
}
