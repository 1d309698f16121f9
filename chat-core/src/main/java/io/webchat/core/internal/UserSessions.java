package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one user on this node, and the one subscription they share. */
final class UserSessions implements RouterListener {
    private static final Logger log = LoggerFactory.getLogger(UserSessions.class);

    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onEvent(Envelope envelope) {
        if (envelope.event() instanceof ChatEvent.SessionOpened opened) {
            sessions.forEach(each -> each.opened(opened.device(), opened.generation()));
        } else {
            sessions.forEach(each -> each.published(envelope));
        }
    }

    @Override
    public void onResubscribed() {
        sessions.forEach(Session::reread);
    }

    void add(Session session) {
        sessions.add(session);
    }

    boolean isEmptyWithout(Session session) {
        sessions.remove(session);
        return sessions.isEmpty();
    }

    List<Session> all() {
        return sessions;
    }

    /** Completes when what is published reaches the sessions. */
    CompletableFuture<Void> subscribed() {
        return subscription.thenAccept(there -> {});
    }

    void subscribed(@Nullable Subscription made, @Nullable Throwable failure) {
        if (made != null) {
            subscription.complete(made);
        } else if (failure != null) {
            subscription.completeExceptionally(failure);
        }
    }

    /** Ends the subscription, also one that is still being made; never fails. */
    CompletableFuture<Void> cancel() {
        return subscription.thenCompose(Subscription::cancel).exceptionally(failure -> {
            log.debug("cannot cancel a subscription", failure);
            return null;
        });
    }
}
