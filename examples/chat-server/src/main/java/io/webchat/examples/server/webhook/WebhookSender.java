package io.webchat.examples.server.webhook;

import io.webchat.core.spi.support.Backoff;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends posts, in the order of each conversation. A post that fails is repeated with growing, random pauses for 15
 * minutes, unless the receiver refuses it for good. The posts that wait are bounded; further ones are dropped.
 */
final class WebhookSender {
    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int LANES = 8;
    private static final int MAX_POSTS = 10_000;
    private static final long MAX_BYTES = 16L << 20;
    private static final int TIMEOUT_STATUS = 408;
    private static final int RATE_STATUS = 429;

    private final LogThrottle warnings = new LogThrottle();
    private final Backoff backoff = Backoff.halfJitter(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private final List<PostLane> lanes =
            Stream.generate(PostLane::new).limit(LANES).toList();
    private final PostTransport transport;
    private final BiConsumer<Duration, Runnable> timer;
    private final LongSupplier nanoTime;
    private final WebhookMetrics metrics;
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * A sender.
     *
     * @param transport makes one post
     * @param timer runs a task after a delay
     * @param nanoTime the clock
     */
    WebhookSender(
            PostTransport transport,
            BiConsumer<Duration, Runnable> timer,
            LongSupplier nanoTime,
            WebhookMetrics metrics) {
        this.transport = transport;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        metrics.waiting(posts);
    }

    /** Sends a body soon, behind all earlier ones with the same key. */
    void send(String key, byte[] body) {
        Post post = new Post(body, nanoTime.getAsLong() + PATIENCE.toNanos());
        boolean full = posts.incrementAndGet() > MAX_POSTS;
        if (bytes.addAndGet(post.size()) > MAX_BYTES || full || closed) {
            release(post);
            onDropped("too many events wait for the webhook");
            return;
        }
        PostLane lane = lanes.get(Math.floorMod(key.hashCode(), LANES));
        start(lane, lane.add(post));
    }

    private void start(PostLane lane, @Nullable Post post) {
        if (post != null) {
            attempt(lane, post, 0);
        }
    }

    private void attempt(PostLane lane, Post post, int failures) {
        var unused = started(post).whenComplete((status, failure) -> {
            if (failure == null && status / 100 == 2) {
                metrics.delivered();
                end(lane, post);
            } else {
                onFailure(lane, post, failures, status == null ? 0 : status, failure);
            }
        });
    }

    private CompletableFuture<Integer> started(Post post) {
        try {
            return transport.post(post.body());
        } catch (RuntimeException e) {
            // The posts behind this one wait for its end.
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onFailure(PostLane lane, Post post, int failures, int status, @Nullable Throwable failure) {
        String reason = failure == null ? "it answers " + status : String.valueOf(failure.getMessage());
        Duration pause = backoff.delay(failures);
        boolean refused = status / 100 == 4 && status != TIMEOUT_STATUS && status != RATE_STATUS;
        if (refused || nanoTime.getAsLong() + pause.toNanos() - post.until() > 0) {
            onDropped(reason);
            end(lane, post);
            return;
        }
        metrics.repeated();
        if (warnings.permits()) {
            log.warn("the webhook does not take an event: {}; it is sent again later", reason);
        }
        timer.accept(pause, () -> attempt(lane, post, failures + 1));
    }

    private void end(PostLane lane, Post post) {
        Post next = lane.next();
        release(post);
        if (next != null) {
            // On the timer's thread, because many posts in a row may end at once.
            timer.accept(Duration.ZERO, () -> attempt(lane, next, 0));
        }
    }

    private void release(Post post) {
        bytes.addAndGet(-post.size());
        if (posts.decrementAndGet() == 0 && closed) {
            idle.complete(null);
        }
    }

    private void onDropped(String reason) {
        metrics.dropped();
        if (warnings.permits()) {
            log.warn("an event for the webhook is given up: {}", reason);
        }
    }

    /** Takes no more events, and waits for the others as long as the grace. */
    void close(Duration grace) {
        closed = true;
        if (posts.get() == 0) {
            idle.complete(null);
        }
        idle.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS).join();
        if (posts.get() > 0) {
            log.warn("{} events are not delivered to the webhook", posts.get());
        }
    }
}
