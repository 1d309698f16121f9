package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Tells which users are online: asks the router about each user, and hides users who blocked the asker. */
public final class PresenceService implements Presence {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;

    /** A service on these backends. */
    public PresenceService(BackendCalls backends, Permissions permissions) {
        this.backends = backends;
        this.permissions = permissions;
    }

    @Override
    public CompletionStage<Set<UserId>> online(UserId asker, Collection<UserId> users) {
        Set<UserId> asked = Set.copyOf(users);
        if (asked.size() > MAX_USERS) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.BAD_REQUEST, "at most " + MAX_USERS + " users at once"));
        }
        Set<UserId> online = ConcurrentHashMap.newKeySet();
        return Fanout.over(
                        List.copyOf(asked),
                        MAX_PARALLEL,
                        each -> isVisible(each, asker).thenAccept(visible -> {
                            if (visible) {
                                online.add(each);
                            }
                        }))
                .done()
                .thenApply(done -> Set.copyOf(online));
    }

    private CompletableFuture<Boolean> isVisible(UserId user, UserId asker) {
        return backends.isOnline(user)
                .thenCompose(online -> online
                        ? permissions.hasBlocked(user, asker).thenApply(blocked -> !blocked)
                        : CompletableFuture.completedFuture(false));
    }
}
