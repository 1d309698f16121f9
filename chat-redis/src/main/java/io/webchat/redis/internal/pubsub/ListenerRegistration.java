package io.webchat.redis.internal.pubsub;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One listener, from its subscription to its end. */
final class ListenerRegistration {
    private final ChannelSubscriptions.Listener listener;
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private int calls;
    private boolean ended;

    ListenerRegistration(ChannelSubscriptions.Listener listener) {
        this.listener = listener;
    }

    /** Calls the listener, unless it has ended. */
    void tell(Consumer<ChannelSubscriptions.Listener> what) {
        if (!enter()) {
            return;
        }
        try {
            what.accept(listener);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (ended) {
            return false;
        }
        calls++;
        return true;
    }

    private void leave() {
        boolean last;
        synchronized (this) {
            calls--;
            last = ended && calls == 0;
        }
        if (last) {
            quiet.complete(null);
        }
    }

    /** No call begins from now on; completes when the calls that have begun are over. */
    CompletableFuture<Void> end() {
        boolean none;
        synchronized (this) {
            ended = true;
            none = calls == 0;
        }
        if (none) {
            quiet.complete(null);
        }
        return quiet;
    }
}
