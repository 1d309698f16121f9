package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.policy.Contact;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Tells which users are online: asks the router about each user, and hides those whom the asker may not see. */
public final class PresenceService implements Presence {
    private static final int MAX_PARALLEL = 16;

    private final BackendCalls backends;
    private final Permissions permissions;
    private final Function<UserId, Principal> principals;

    /**
     * A service on these backends.
     *
     * @param principals the principal of the user who asks
     */
    public PresenceService(BackendCalls backends, Permissions permissions, Function<UserId, Principal> principals) {
        this.backends = backends;
        this.permissions = permissions;
        this.principals = principals;
    }

    @Override
    public CompletionStage<Set<UserId>> online(UserId asker, Collection<UserId> users) {
        Set<UserId> asked = Set.copyOf(users);
        if (asked.size() > MAX_USERS) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.BAD_REQUEST, "at most " + MAX_USERS + " users at once"));
        }
        Principal principal = principals.apply(asker);
        return Fanout.matching(List.copyOf(asked), MAX_PARALLEL, null, each -> isVisible(each, principal))
                .thenApply(Set::copyOf);
    }

    private CompletableFuture<Boolean> isVisible(UserId user, Principal asker) {
        return backends.isOnline(user)
                .thenCompose(online -> online
                        ? permissions.maySee(asker, user, Contact.PRESENCE)
                        : CompletableFuture.completedFuture(false))
                .thenCompose(seen -> seen
                        ? permissions.hasBlocked(user, asker.user()).thenApply(blocked -> !blocked)
                        : CompletableFuture.completedFuture(false));
    }
}
