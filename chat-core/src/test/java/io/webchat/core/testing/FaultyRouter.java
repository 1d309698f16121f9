package io.webchat.core.testing;

import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A router that can lose publishes, fail, and pretend that its connection was lost and came back. */
public class FaultyRouter implements ChatRouter {
    /** Which publishes are lost. */
    private static final class Losses {
        volatile Predicate<Envelope> which = envelope -> false;
    }

    /** Faults of {@code publish}. */
    public final Faults publishing;

    /** Faults of {@code subscribe}. */
    public final Faults subscribing;

    private final ChatRouter router;
    private final List<RouterListener> listeners;
    private final Losses lose;

    /** Over this router, without faults at first. */
    public FaultyRouter(ChatRouter router) {
        this(router, new Faults(), new Faults(), new CopyOnWriteArrayList<>(), new Losses());
    }

    private FaultyRouter(
            ChatRouter router, Faults publishing, Faults subscribing, List<RouterListener> listeners, Losses lose) {
        this.router = router;
        this.publishing = publishing;
        this.subscribing = subscribing;
        this.listeners = listeners;
        this.lose = lose;
    }

    /** Another node's router, with the same faults. */
    public FaultyRouter over(ChatRouter another) {
        return new FaultyRouter(another, publishing, subscribing, listeners, lose);
    }

    /** Loses the publishes of these events. */
    public void lose(Predicate<Envelope> which) {
        lose.which = which;
    }

    /** Tells all listeners that their subscriptions were interrupted. */
    public void resubscribed() {
        listeners.forEach(RouterListener::onResubscribed);
    }

    @Override
    public CompletionStage<Subscription> subscribe(UserId user, RouterListener listener) {
        listeners.add(listener);
        return subscribing.apply(() -> router.subscribe(user, listener));
    }

    @Override
    public CompletionStage<Integer> publish(UserId user, Envelope envelope) {
        return publishing.apply(() ->
                lose.which.test(envelope) ? CompletableFuture.completedFuture(1) : router.publish(user, envelope));
    }

    @Override
    public CompletionStage<Boolean> isOnline(UserId user) {
        return router.isOnline(user);
    }
}
