package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.backend.BackendCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sessions on this node, by user. The first session of a user subscribes to the user's channel; the last one
 * cancels the subscription.
 */
final class SessionRegistry {
    private final Map<UserId, UserSessions> users = new ConcurrentHashMap<>();
    private final BackendCalls backends;
    private final ChatConfig config;

    SessionRegistry(BackendCalls backends, ChatConfig config) {
        this.backends = backends;
        this.config = config;
    }

    /**
     * Adds the session; completes when the subscription is ready, so that every later publish reaches the session.
     *
     * @throws ChatException {@code rate_limited} when too many other devices of the user have sessions
     */
    CompletableFuture<Void> add(DeviceSession session) {
        AtomicBoolean first = new AtomicBoolean();
        UserSessions all = users.compute(session.user(), (user, present) -> {
            first.set(present == null);
            UserSessions sessions = present == null ? new UserSessions() : present;
            checkCapacity(sessions, session);
            sessions.add(session);
            return sessions;
        });
        if (first.get()) {
            Completions.whenDone(backends.subscribe(session.user(), all), all::onSubscribed);
        }
        return all.subscribed();
    }

    /** A session of a device that is connected already will replace that one, so it needs no capacity. */
    private void checkCapacity(UserSessions sessions, DeviceSession added) {
        int max = config.maxSessionsPerUser();
        if (sessions.countOthers(added.device()) >= max) {
            throw ChatException.rateLimited(
                    "this user has " + max + " devices connected to this node, the limit; disconnect one of them",
                    config.burst());
        }
    }

    /** Removes the session. After the last session of a user, the result completes when the subscription has ended. */
    CompletableFuture<Void> remove(DeviceSession session) {
        AtomicReference<UserSessions> emptied = new AtomicReference<>();
        users.computeIfPresent(session.user(), (user, present) -> {
            if (!present.removeLast(session)) {
                return present;
            }
            emptied.set(present);
            return null;
        });
        UserSessions unused = emptied.get();
        // A session that is added meanwhile makes a subscription of its own.
        return unused == null ? CompletableFuture.completedFuture(null) : unused.cancel();
    }

    /** Tells the user's sessions on this node that this session opened. */
    void onSessionOpened(DeviceSession session, long generation) {
        UserSessions all = users.get(session.user());
        if (all != null) {
            all.all().forEach(each -> each.onSessionOpened(session.device(), generation));
        }
    }

    /** Ends the sessions on this node that the application ordered to end. */
    void endSessions(NodeEvent.EndSessions order) {
        UserSessions all = users.get(order.to());
        if (all != null) {
            all.endSessions(order);
        }
    }

    /** The users with a session on this node. */
    Set<UserId> users() {
        return users.keySet();
    }

    /** All sessions on this node. */
    List<DeviceSession> all() {
        return users.values().stream().flatMap(each -> each.all().stream()).toList();
    }
}
