package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Presence;
import io.webchat.core.Principal;
import io.webchat.core.UserPresence;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.policy.Contact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tells which users are online, and when the others were: asks the router and the queue about each user, and hides
 * those whom the asker may not see.
 */
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
        Principal principal = principals.apply(asker);
        return checked(users)
                .thenCompose(asked -> Fanout.matching(asked, MAX_PARALLEL, null, each -> isOnline(each, principal)))
                .thenApply(Set::copyOf);
    }

    @Override
    public CompletionStage<List<UserPresence>> states(UserId asker, Collection<UserId> users) {
        Principal principal = principals.apply(asker);
        Map<UserId, UserPresence> states = new ConcurrentHashMap<>();
        return checked(users)
                .thenCompose(asked -> Fanout.over(
                                asked,
                                MAX_PARALLEL,
                                each -> state(each, principal).thenAccept(state -> states.put(each, state)))
                        .done()
                        .thenApply(done -> asked.stream()
                                .map(each -> states.getOrDefault(each, UserPresence.unknown(each)))
                                .toList()));
    }

    private static CompletableFuture<List<UserId>> checked(Collection<UserId> users) {
        List<UserId> asked = users.stream().distinct().toList();
        return asked.size() <= MAX_USERS
                ? CompletableFuture.completedFuture(asked)
                : CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.BAD_REQUEST, "at most " + MAX_USERS + " users at once"));
    }

    private CompletableFuture<Boolean> isOnline(UserId user, Principal asker) {
        return backends.isOnline(user)
                .thenCompose(online -> online ? isVisible(user, asker) : CompletableFuture.completedFuture(false));
    }

    private CompletableFuture<UserPresence> state(UserId user, Principal asker) {
        UserPresence unknown = UserPresence.unknown(user);
        return backends.isOnline(user)
                .thenCompose(online -> online
                        ? CompletableFuture.completedFuture(UserPresence.online(user))
                        : backends.lastSeen(user).thenApply(at -> new UserPresence(user, false, at.orElse(0))))
                // Last, because a state that tells nothing needs no permission.
                .thenCompose(state -> state.equals(unknown)
                        ? CompletableFuture.completedFuture(unknown)
                        : isVisible(user, asker).thenApply(visible -> visible ? state : unknown));
    }

    private CompletableFuture<Boolean> isVisible(UserId user, Principal asker) {
        return permissions
                .maySee(asker, user, Contact.PRESENCE)
                .thenCompose(seen -> seen
                        ? permissions.hasBlocked(user, asker.user()).thenApply(blocked -> !blocked)
                        : CompletableFuture.completedFuture(false));
    }
}
