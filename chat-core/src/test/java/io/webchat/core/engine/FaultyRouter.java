package io.webchat.core.engine;

import io.webchat.core.Envelope;
import io.webchat.core.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A router that can lose publishes, fail, and pretend that its connection was lost and came back. */
class FaultyRouter implements ChatRouter {
    final Faults publishing = new Faults();
    final Faults subscribing = new Faults();
    private final ChatRouter router;
    private final List<RouterListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Predicate<Envelope> lose = envelope -> false;

    FaultyRouter(ChatRouter router) {
        this.router = router;
    }

    void lose(Predicate<Envelope> which) {
        lose = which;
    }

    void resubscribed() {
        listeners.forEach(RouterListener::onResubscribed);
    }

    @Override
    public CompletionStage<Subscription> subscribe(UserId user, RouterListener listener) {
        listeners.add(listener);
        return subscribing.apply(() -> router.subscribe(user, listener));
    }

    @Override
    public CompletionStage<Integer> publish(UserId user, Envelope envelope) {
        return publishing.apply(
                () -> lose.test(envelope) ? CompletableFuture.completedFuture(1) : router.publish(user, envelope));
    }

    @Override
    public CompletionStage<Boolean> isOnline(UserId user) {
        return router.isOnline(user);
    }
}
