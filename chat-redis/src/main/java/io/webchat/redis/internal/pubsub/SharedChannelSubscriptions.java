package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.internal.client.ErrorReplies;
import io.webchat.redis.internal.client.LogThrottle;
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

/** The listeners of this node by channel; those of one channel share one subscription. */
public final class SharedChannelSubscriptions implements ChannelSubscriptions, ChannelSubscriber.Owner {
    private static final Logger log = LoggerFactory.getLogger(SharedChannelSubscriptions.class);
    private static final long AGAIN_MILLIS = 1000;

    private final Map<String, List<ListenerRegistration>> listeners = new ConcurrentHashMap<>();
    private final LogThrottle complain = new LogThrottle();
    private final Duration timeout;
    private final ChannelSubscriber link;

    /**
     * Listens over a link of its own.
     *
     * @param link makes the link; is given the owner to ask
     * @param timeout how long Redis may take to confirm
     */
    public SharedChannelSubscriptions(Function<ChannelSubscriber.Owner, ChannelSubscriber> link, Duration timeout) {
        this.timeout = timeout;
        this.link = link.apply(this);
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String channel, Listener listener) {
        ListenerRegistration own = new ListenerRegistration(listener);
        listeners.merge(channel, List.of(own), SharedChannelSubscriptions::joined);
        return inTime(link.join(channel)).handle((done, failure) -> {
            if (failure != null) {
                var unused = end(channel, own);
                throw translated(failure);
            }
            return new Cancelling(channel, own);
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

    private CompletableFuture<Void> inTime(CompletableFuture<Void> stage) {
        return stage.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            throw translated(failure);
        });
    }

    private static ChatException translated(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException already) {
            return already;
        }
        if (cause instanceof ChannelNotServedException && cause.getCause() instanceof JedisDataException refusal) {
            return ErrorReplies.translated(refusal);
        }
        return new ChatException(ErrorCode.UNAVAILABLE, "Redis did not confirm in time", failure);
    }

    private CompletableFuture<Void> end(String channel, ListenerRegistration own) {
        listeners.computeIfPresent(channel, (any, all) -> without(all, own));
        return inTime(link.leave(channel)).thenCombine(own.end(), (done, quiet) -> null);
    }

    @Override
    public boolean wanted(String channel) {
        return listeners.containsKey(channel);
    }

    @Override
    public void message(String channel, byte[] payload) {
        tell(channel, each -> each.message(payload));
    }

    @Override
    public void resubscribed(String channel) {
        tell(channel, Listener::resubscribed);
    }

    private void tell(String channel, Consumer<Listener> what) {
        for (ListenerRegistration each : listeners.getOrDefault(channel, List.of())) {
            try {
                each.tell(what);
            } catch (RuntimeException e) {
                if (complain.now()) {
                    log.error("a listener to {} failed; more failures may follow without being logged", channel, e);
                }
            }
        }
    }

    @Override
    public void notHere(String channel, @Nullable JedisDataException why) {
        if (complain.now()) {
            log.warn("Redis refuses a subscription to {} that is in use; trying again", channel, why);
        }
        CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    var unused = link.join(channel).thenRun(() -> resubscribed(channel));
                });
    }

    @Override
    public void close() {
        link.close();
    }

    private final class Cancelling implements Subscription {
        private final String channel;
        private final ListenerRegistration own;
        private @Nullable CompletableFuture<Void> cancelled;

        Cancelling(String channel, ListenerRegistration own) {
            this.channel = channel;
            this.own = own;
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
            var unused = end(channel, own).whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(translated(failure));
                }
            });
            return result.copy();
        }
    }
}
