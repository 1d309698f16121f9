package io.webchat.core.internal;

import io.webchat.core.UserId;
import io.webchat.core.spi.Attachment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sessions on this node, by user; the first of a user subscribes to the user's channel, the last one
 * out cancels.
 */
final class SessionRegistry {
    private final Map<UserId, UserSessions> users = new ConcurrentHashMap<>();
    private final Backends backends;

    SessionRegistry(Backends backends) {
        this.backends = backends;
    }

    /** Adds the session; completes when everything published from now on reaches it. */
    CompletableFuture<Void> join(Session session) {
        AtomicBoolean first = new AtomicBoolean();
        UserSessions all = users.compute(session.user(), (user, there) -> {
            first.set(there == null);
            UserSessions now = there == null ? new UserSessions() : there;
            now.add(session);
            return now;
        });
        if (first.get()) {
            Stages.whenDone(backends.subscribe(session.user(), all), all::subscribed);
        }
        return all.subscribed();
    }

    /** Takes the session out; completes when, if it was its user's last one here, the subscription has ended. */
    CompletableFuture<Void> leave(Session session) {
        AtomicReference<UserSessions> emptied = new AtomicReference<>();
        users.computeIfPresent(session.user(), (user, there) -> {
            if (!there.isEmptyWithout(session)) {
                return there;
            }
            emptied.set(there);
            return null;
        });
        UserSessions unused = emptied.get();
        // A session that joins meanwhile makes a subscription of its own.
        return unused == null ? CompletableFuture.completedFuture(null) : unused.cancel();
    }

    /**
     * Tells the user's sessions on this node of a new one, which {@code attachment} belongs to.
     */
    void attached(Session session, Attachment attachment) {
        UserSessions all = users.get(session.user());
        if (all != null) {
            all.all().forEach(each -> each.opened(session.device(), attachment.generation()));
        }
    }

    List<Session> all() {
        return users.values().stream().flatMap(each -> each.all().stream()).toList();
    }
}
