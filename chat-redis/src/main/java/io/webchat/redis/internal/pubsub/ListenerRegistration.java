package io.webchat.redis.internal.pubsub;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One subscribed listener. It ensures that the listener is not called after its subscription has ended. */
final class ListenerRegistration {
    private final ChannelSubscriptions.Listener listener;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private int activeCalls;
    private boolean ended;

    ListenerRegistration(ChannelSubscriptions.Listener listener) {
        this.listener = listener;
    }

    /** Calls the listener, unless the subscription has ended. */
    void call(Consumer<ChannelSubscriptions.Listener> action) {
        if (!enter()) {
            return;
        }
        try {
            action.accept(listener);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (ended) {
            return false;
        }
        activeCalls++;
        return true;
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            activeCalls--;
            last = ended && activeCalls == 0;
        }
        if (last) {
            finished.complete(null);
        }
    }

    /** Prevents new calls. Completes when the current calls have returned. */
    CompletableFuture<Void> end() {
        boolean none;
        synchronized (this) {
            ended = true;
            none = activeCalls == 0;
        }
        if (none) {
            finished.complete(null);
        }
        return finished;
    }
}
