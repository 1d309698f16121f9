package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ProfileRemoval;
import io.webchat.core.spi.ProfileStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The profiles and blocks of a bounded number of users, in the memory of this process, within a bound in bytes. Calls
 * that would exceed a bound fail. Stages are complete when they are returned.
 */
public final class MemoryProfileStore implements ProfileStore, ProfileRemoval {
    private static final int USERS = 1_000_000;

    private final Map<UserId, Profile> profiles = new ConcurrentHashMap<>();
    /** Immutable sets, replaced as a whole, so that a read never waits. */
    private final Map<UserId, Set<UserId>> blocks = new ConcurrentHashMap<>();

    private final int maxUsers;
    private final ByteBudget budget;

    private MemoryProfileStore(int maxUsers, ByteBudget budget) {
        this.maxUsers = maxUsers;
        this.budget = budget;
    }

    /** Makes a store for one million users, in a quarter of the heap. */
    public static MemoryProfileStore create() {
        return create(USERS);
    }

    /**
     * Makes a store for the profiles of {@code maxUsers} users, and for the blocks of as many, in a quarter of the
     * heap. Calls for further users fail with {@code queue_full}.
     *
     * @throws IllegalArgumentException when the bound is below 1
     */
    public static MemoryProfileStore create(int maxUsers) {
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers must be 1 or more");
        }
        return new MemoryProfileStore(maxUsers, ByteBudget.quarterOfHeap());
    }

    static MemoryProfileStore create(int maxUsers, ByteBudget budget) {
        return new MemoryProfileStore(maxUsers, budget);
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        if (isFull(profiles, user)) {
            return full();
        }
        try {
            profiles.compute(user, (any, before) -> {
                take(ByteBudget.sizeOf(profile) - (before == null ? 0 : ByteBudget.sizeOf(before)));
                return profile;
            });
            return CompletableFuture.completedFuture(null);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void take(long bytes) {
        if (!budget.tryAdd(bytes)) {
            throw fullException();
        }
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return CompletableFuture.completedFuture(Optional.ofNullable(profiles.get(user)));
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other, int max) {
        if (isFull(blocks, user)) {
            return full();
        }
        try {
            blocks.compute(user, (any, existing) -> with(existing == null ? Set.of() : existing, other, max));
            return CompletableFuture.completedFuture(null);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Set<UserId> with(Set<UserId> all, UserId other, int max) {
        if (all.contains(other)) {
            return all;
        }
        if (all.size() >= max) {
            throw new ChatException(ErrorCode.TOO_LARGE, "nobody may block more than " + max + " users");
        }
        take(ByteBudget.BLOCK);
        return Stream.concat(all.stream(), Stream.of(other)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        blocks.computeIfPresent(user, (any, existing) -> {
            Set<UserId> rest =
                    existing.stream().filter(each -> !each.equals(other)).collect(Collectors.toUnmodifiableSet());
            budget.add((long) ByteBudget.BLOCK * (rest.size() - existing.size()));
            return rest.isEmpty() ? null : rest;
        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        return CompletableFuture.completedFuture(blocks.getOrDefault(user, Set.of()));
    }

    @Override
    public CompletionStage<Void> remove(UserId user) {
        profiles.computeIfPresent(user, (any, profile) -> {
            budget.add(-ByteBudget.sizeOf(profile));
            return null;
        });
        blocks.computeIfPresent(user, (any, blocked) -> {
            budget.add(-(long) ByteBudget.BLOCK * blocked.size());
            return null;
        });
        return CompletableFuture.completedFuture(null);
    }

    private boolean isFull(Map<UserId, ?> map, UserId user) {
        return map.size() >= maxUsers && !map.containsKey(user);
    }

    private static CompletionStage<Void> full() {
        return CompletableFuture.failedFuture(fullException());
    }

    private static ChatException fullException() {
        return new ChatException(ErrorCode.QUEUE_FULL, "this node already holds as much data of users as it may");
    }
}
