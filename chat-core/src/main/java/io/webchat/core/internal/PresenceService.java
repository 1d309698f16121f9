package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the router about each user, and the blocks about those who are there. */
final class PresenceService implements Presence {
    private static final int UNDER_WAY = 16;

    private final Backends backends;
    private final Permissions permissions;

    PresenceService(Backends backends, Permissions permissions) {
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
                        UNDER_WAY,
                        each -> shows(each, asker).thenAccept(shows -> {
                            if (shows) {
                                online.add(each);
                            }
                        }))
                .done()
                .thenApply(done -> Set.copyOf(online));
    }

    private CompletableFuture<Boolean> shows(UserId user, UserId asker) {
        return backends.isOnline(user)
                .thenCompose(there -> there
                        ? permissions.refuses(user, asker).thenApply(refuses -> !refuses)
                        : CompletableFuture.completedFuture(false));
    }
}
