package io.webchat.core.memory;

import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router within one process. Several {@link io.webchat.core.Chat}s that share one router are several nodes; tests
 * make clusters in this way. Listeners are called on the publisher's thread, so a publish completes after all listeners
 * were called.
 */
public final class MemoryChatRouter implements ChatRouter {
    private static final Logger log = LoggerFactory.getLogger(MemoryChatRouter.class);

    /** Immutable lists, replaced as a whole, so that a publish never waits for a subscribe. */
    private final Map<UserId, List<Entry>> listeners = new ConcurrentHashMap<>();

    /** A subscribed listener. Entries are compared by identity, because one listener may subscribe twice. */
    private static final class Entry {
        private final RouterListener listener;

        Entry(RouterListener listener) {
            this.listener = listener;
        }
    }

    /** Makes a router without subscriptions. */
    public MemoryChatRouter() {}

    @Override
    public CompletionStage<Subscription> subscribe(UserId user, RouterListener listener) {
        Entry entry = new Entry(listener);
        listeners.merge(user, List.of(entry), MemoryChatRouter::joined);
        return CompletableFuture.completedFuture(() -> {
            listeners.computeIfPresent(user, (any, existing) -> without(existing, entry));
            return CompletableFuture.completedFuture(null);
        });
    }

    private static List<Entry> joined(List<Entry> some, List<Entry> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static @Nullable List<Entry> without(List<Entry> all, Entry gone) {
        List<Entry> rest = all.stream().filter(each -> each != gone).toList();
        return rest.isEmpty() ? null : rest;
    }

    @Override
    public CompletionStage<Integer> publish(UserId user, Envelope envelope) {
        List<Entry> all = listeners.getOrDefault(user, List.of());
        for (Entry each : all) {
            try {
                each.listener.onEvent(envelope);
            } catch (RuntimeException e) {
                log.error("a router listener of {} threw an exception; this is a bug", user, e);
            }
        }
        return CompletableFuture.completedFuture(all.size());
    }

    @Override
    public CompletionStage<Boolean> isOnline(UserId user) {
        return CompletableFuture.completedFuture(listeners.containsKey(user));
    }
}
