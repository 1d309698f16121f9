package io.webchat.core.internal;

import io.webchat.core.events.Envelope;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.DeviceId;
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

    private final List<DeviceSession> sessions = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onEvent(Envelope envelope) {
        if (envelope.event() instanceof NodeEvent.SessionOpened opened) {
            sessions.forEach(each -> each.onSessionOpened(opened.device(), opened.generation()));
        } else if (envelope.event() instanceof NodeEvent.EndSessions end) {
            endSessions(end);
        } else if (envelope.seq() > 0 || !(envelope.event() instanceof NodeEvent)) {
            sessions.forEach(each -> each.onPublished(envelope));
        }
    }

    /** Ends the sessions that the application ordered to end. */
    void endSessions(NodeEvent.EndSessions order) {
        sessions.stream().filter(each -> order.concerns(each.device())).forEach(DeviceSession::disconnect);
    }

    @Override
    public void onResubscribed() {
        sessions.forEach(DeviceSession::readQueue);
    }

    void add(DeviceSession session) {
        sessions.add(session);
    }

    /** Removes the session; returns whether it was the last one. */
    boolean removeLast(DeviceSession session) {
        sessions.remove(session);
        return sessions.isEmpty();
    }

    /** The number of sessions of other devices. */
    long countOthers(DeviceId device) {
        return sessions.stream().filter(each -> !each.device().equals(device)).count();
    }

    List<DeviceSession> all() {
        return sessions;
    }

    /** Completes when the subscription is ready, so that publishes reach the sessions. */
    CompletableFuture<Void> subscribed() {
        return subscription.thenAccept(made -> {});
    }

    void onSubscribed(@Nullable Subscription made, @Nullable Throwable failure) {
        if (made != null) {
            subscription.complete(made);
        } else if (failure != null) {
            subscription.completeExceptionally(failure);
        }
    }

    /** Ends the subscription, or ends it as soon as it is made; never fails. */
    CompletableFuture<Void> cancel() {
        return subscription.thenCompose(Subscription::cancel).exceptionally(failure -> {
            log.debug("cannot cancel the subscription of a user whose last session ended", failure);
            return null;
        });
    }
}
