package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.LogThrottle;
import io.webchat.redis.internal.client.ErrorReplies;
import io.webchat.redis.internal.client.RefusalLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/** The listeners of this node by channel. All listeners of one channel share one subscription. */
public final class SharedChannelSubscriptions implements ChannelSubscriptions, ChannelSubscriber.Owner {
    private static final Logger log = LoggerFactory.getLogger(SharedChannelSubscriptions.class);
    private static final long RETRY_MILLIS = 1000;

    private final Map<String, List<ListenerRegistration>> listeners = new ConcurrentHashMap<>();
    private final LogThrottle logThrottle = new LogThrottle();
    private final RefusalLog refusals = new RefusalLog();
    private final Duration timeout;
    private final ChannelSubscriber subscriber;

    /**
     * Subscriptions over a subscriber of their own.
     *
     * @param subscriber makes the subscriber for the owner that it gets
     * @param timeout the longest time until Redis confirms
     */
    public SharedChannelSubscriptions(
            Function<ChannelSubscriber.Owner, ChannelSubscriber> subscriber, Duration timeout) {
        this.timeout = timeout;
        this.subscriber = subscriber.apply(this);
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String channel, Listener listener) {
        ListenerRegistration registration = new ListenerRegistration(listener);
        listeners.merge(channel, List.of(registration), SharedChannelSubscriptions::joined);
        return withTimeout(subscriber.join(channel)).handle((done, failure) -> {
            if (failure != null) {
                var unused = end(channel, registration);
                throw toChatException(failure);
            }
            return new SharedSubscription(channel, registration);
        });
    }

    private static List<ListenerRegistration> joined(List<ListenerRegistration> some, List<ListenerRegistration> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static @Nullable List<ListenerRegistration> without(
            List<ListenerRegistration> all, ListenerRegistration gone) {
        List<ListenerRegistration> rest =
                all.stream().filter(each -> each != gone).toList();
        return rest.isEmpty() ? null : rest;
    }

    private CompletableFuture<Void> withTimeout(CompletableFuture<Void> stage) {
        return stage.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            throw toChatException(failure);
        });
    }

    private ChatException toChatException(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException already) {
            return already;
        }
        if (cause instanceof ChannelNotServedException && cause.getCause() instanceof JedisDataException refusal) {
            refusals.refused(() -> "a subscription", refusal);
            return ErrorReplies.toChatException(refusal);
        }
        return new ChatException(
                ErrorCode.UNAVAILABLE, "Redis did not confirm the change of a subscription in time", failure);
    }

    private CompletableFuture<Void> end(String channel, ListenerRegistration registration) {
        listeners.computeIfPresent(channel, (any, all) -> without(all, registration));
        return withTimeout(subscriber.leave(channel)).thenCombine(registration.end(), (done, finished) -> null);
    }

    @Override
    public boolean wanted(String channel) {
        return listeners.containsKey(channel);
    }

    @Override
    public void message(String channel, byte[] payload) {
        callListeners(channel, each -> each.message(payload));
    }

    @Override
    public void resubscribed(String channel) {
        callListeners(channel, Listener::resubscribed);
    }

    private void callListeners(String channel, Consumer<Listener> action) {
        for (ListenerRegistration each : listeners.getOrDefault(channel, List.of())) {
            try {
                each.call(action);
            } catch (RuntimeException e) {
                if (logThrottle.permits()) {
                    log.error("a listener of the channel {} failed; further failures may not be logged", channel, e);
                }
            }
        }
    }

    @Override
    public void notServed(String channel, @Nullable JedisDataException why) {
        if (logThrottle.permits()) {
            String reason = why == null ? "its slot moved" : why.getMessage();
            log.warn("Redis ended the subscription to the channel {}: {}; retrying", channel, reason);
        }
        CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    var unused = subscriber.join(channel).thenRun(() -> resubscribed(channel));
                });
    }

    @Override
    public void close() {
        subscriber.close();
    }

    private final class SharedSubscription implements Subscription {
        private final String channel;
        private final ListenerRegistration registration;
        private @Nullable CompletableFuture<Void> cancelled;

        SharedSubscription(String channel, ListenerRegistration registration) {
            this.channel = channel;
            this.registration = registration;
        }

        @Override
        public CompletableFuture<Void> cancel() {
            CompletableFuture<Void> result = new CompletableFuture<>();
            synchronized (this) {
                if (cancelled != null) {
                    return cancelled.copy();
                }
                cancelled = result;
            }
            var unused = end(channel, registration).whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(toChatException(failure));
                }
            });
            return result.copy();
        }
    }
}
