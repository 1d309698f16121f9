package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.UserDirectory;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Decides who may write to whom. Its knowledge may be as old as the cache allows; a change made on this node holds at
 * once. If the backend does not answer, nobody is permitted: the stage fails with {@code unavailable}.
 */
public final class Permissions {
    private static final int MAX_USERS = 50_000;
    private static final int MAX_ROOMS = 10_000;
    /** The largest number of concurrent queries for one message to a room. */
    private static final int MAX_PARALLEL = 64;

    /** The members of a room; empty for a room that does not exist. */
    private record Members(Set<UserId> users) {
        static Members of(Room room) {
            return new Members(room.members().stream().map(RoomMember::user).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final ExpiringCache<UserId, Set<UserId>> blocks;
    private final ExpiringCache<UserId, Boolean> existing;
    private final ExpiringCache<RoomId, Members> rooms;
    private final boolean everybodyExists;

    /**
     * Permissions by the blocks and rooms in these backends.
     *
     * @param directory tells which users exist
     * @param maxAge the largest age of a cache entry
     * @param nanoTime the clock of the cache
     */
    public Permissions(BackendCalls backends, UserDirectory directory, Duration maxAge, LongSupplier nanoTime) {
        everybodyExists = directory.equals(UserDirectory.EVERYBODY);
        existing = new ExpiringCache<>(user -> backends.exists(directory, user), MAX_USERS, maxAge, nanoTime);
        blocks = new ExpiringCache<>(
                user -> backends.profiles("blocks", profiles -> profiles.blocks(user)), MAX_USERS, maxAge, nanoTime);
        rooms = new ExpiringCache<>(
                room -> backends.rooms("room", store -> store.find(room))
                        .thenApply(found -> found.map(Members::of).orElse(new Members(Set.of()))),
                MAX_ROOMS,
                maxAge,
                nanoTime);
    }

    /**
     * Completes if {@code from} may write to {@code to}. Fails with {@code not_found} if there is no such user, and
     * with {@code forbidden} if {@code to} blocked them.
     */
    public CompletableFuture<Void> checkWrite(UserId from, UserId to) {
        if (from.equals(to)) {
            return CompletableFuture.completedFuture(null);
        }
        return checkExists(to).thenCompose(exists -> hasBlocked(to, from)).thenApply(blocked -> {
            if (blocked) {
                throw new ChatException(ErrorCode.FORBIDDEN, "this user does not take messages from you");
            }
            return null;
        });
    }

    /** Completes if the host knows the user; fails with {@code not_found} otherwise. */
    public CompletableFuture<Void> checkExists(UserId user) {
        if (everybodyExists) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Boolean> known = existing.get(user);
        // A new user must not be refused because of an old cache entry; only a refusal costs this second query.
        return known.thenCompose(exists -> exists ? known : existing.refresh(user))
                .thenApply(exists -> {
                    if (!exists) {
                        throw new ChatException(ErrorCode.NOT_FOUND, "there is no user " + user);
                    }
                    return null;
                });
    }

    /** Returns the users whom this user has blocked. */
    public CompletableFuture<Set<UserId>> blocksOf(UserId user) {
        return blocks.get(user);
    }

    /** Whether {@code user} has blocked {@code other}; nobody can block themselves. */
    public CompletableFuture<Boolean> hasBlocked(UserId user, UserId other) {
        return user.equals(other)
                ? CompletableFuture.completedFuture(false)
                : blocks.get(user).thenApply(blocked -> blocked.contains(other));
    }

    /** Returns the other members of the room; fails with {@code not_found} if {@code user} is not a member. */
    public CompletableFuture<List<UserId>> otherMembers(RoomId room, UserId user) {
        CompletableFuture<Members> known = rooms.get(room);
        // A new member must not be refused because of an old cache entry; only a refusal costs this second query.
        return known.thenCompose(members -> members.users.contains(user) ? known : rooms.refresh(room))
                .thenApply(members -> others(members, user));
    }

    /** Returns all members of the room; fails with {@code not_found} if there is no such room. */
    CompletableFuture<Set<UserId>> allMembers(RoomId room) {
        CompletableFuture<Members> known = rooms.get(room);
        return known.thenCompose(members -> members.users.isEmpty() ? rooms.refresh(room) : known)
                .thenApply(members -> {
                    if (members.users.isEmpty()) {
                        throw noSuchRoom();
                    }
                    return members.users;
                });
    }

    /**
     * Returns the other members who take a message of {@code author} in the room: all who have not blocked them. Fails
     * with {@code not_found} if {@code author} is not a member.
     */
    public CompletableFuture<List<UserId>> recipients(RoomId room, UserId author) {
        return otherMembers(room, author).thenCompose(others -> withoutBlockersOf(author, others));
    }

    /**
     * Returns the other members who may see that {@code author} is active in the room: neither has blocked the other.
     * Fails as {@link #recipients} does.
     */
    public CompletableFuture<List<UserId>> observers(RoomId room, UserId author) {
        return recipients(room, author)
                .thenCombine(
                        blocks.get(author),
                        (users, blocked) -> users.stream()
                                .filter(each -> !blocked.contains(each))
                                .toList());
    }

    private CompletableFuture<List<UserId>> withoutBlockersOf(UserId author, List<UserId> users) {
        Set<UserId> blockers = ConcurrentHashMap.newKeySet();
        List<UserId> unknown = new ArrayList<>();
        for (UserId user : users) {
            Set<UserId> blocked = blocks.known(user);
            if (blocked == null) {
                unknown.add(user);
            } else if (blocked.contains(author)) {
                blockers.add(user);
            }
        }
        return Fanout.over(
                        unknown,
                        MAX_PARALLEL,
                        each -> hasBlocked(each, author).thenAccept(blocked -> {
                            if (blocked) {
                                blockers.add(each);
                            }
                        }))
                .done()
                .thenApply(done -> blockers.isEmpty()
                        ? users
                        : users.stream()
                                .filter(each -> !blockers.contains(each))
                                .toList());
    }

    private static List<UserId> others(Members members, UserId user) {
        if (!members.users.contains(user)) {
            throw noSuchRoom();
        }
        return members.users.stream().filter(each -> !each.equals(user)).toList();
    }

    /** The failure for a room that does not exist, or that the user is not in. */
    public static ChatException noSuchRoom() {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
    }

    /** Called after this node changed the user's blocks. */
    public void onBlocksChanged(UserId user) {
        blocks.forget(user);
    }

    /** Called after this node changed the members of the room. */
    public void onRoomChanged(RoomId room) {
        rooms.forget(room);
    }
}
