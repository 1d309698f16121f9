package io.webchat.core.internal.services;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.Profile;
import io.webchat.core.Profiles;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.send.Permissions;
import io.webchat.core.policy.Contact;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads and changes profiles and blocks. A change made on this node holds on this node at once. */
public final class ProfileService implements Profiles {
    private final BackendCalls backends;
    private final Permissions permissions;
    private final Function<UserId, Principal> principals;
    private final ChatConfig config;

    /**
     * A service on these backends.
     *
     * @param principals the principal of the user who asks
     */
    public ProfileService(
            BackendCalls backends, Permissions permissions, Function<UserId, Principal> principals, ChatConfig config) {
        this.backends = backends;
        this.permissions = permissions;
        this.principals = principals;
        this.config = config;
    }

    @Override
    public CompletionStage<Void> put(UserId user, Profile profile) {
        return backends.profiles("save", store -> store.save(user, profile));
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return backends.profiles("profile", store -> store.find(user));
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId asker, UserId user) {
        return permissions
                .maySee(principals.apply(asker), user, Contact.PROFILE)
                .thenCompose(seen -> seen ? find(user) : CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other) {
        if (user.equals(other)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.BAD_REQUEST, "nobody can block themselves"));
        }
        // After a failure as well, because the store may have made the change.
        return backends.profiles("block", store -> store.block(user, other, config.maxBlocks()))
                .whenComplete((done, failure) -> permissions.onBlocksChanged(user));
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        return backends.profiles("unblock", store -> store.unblock(user, other))
                .whenComplete((done, failure) -> permissions.onBlocksChanged(user));
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        return backends.profiles("blocks", store -> store.blocks(user));
    }
}
