package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.backend.BackendCalls;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Decides who may write to whom. Its knowledge may be as old as the cache allows; a change made on this node holds at
 * once. If the backend does not answer, nobody is permitted: the stage fails with {@code unavailable}.
 */
public final class Permissions {
    private static final int MAX_USERS = 50_000;
    private static final int MAX_ROOMS = 10_000;

    /** The members of a room; empty for a room that does not exist. */
    private record Members(Set<UserId> users) {
        static Members of(Room room) {
            return new Members(room.members().stream().map(RoomMember::user).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final ExpiringCache<UserId, Set<UserId>> blocks;
    private final ExpiringCache<RoomId, Members> rooms;

    /**
     * Permissions by the blocks and rooms in these backends.
     *
     * @param maxAge the largest age of a cache entry
     * @param nanoTime the clock of the cache
     */
    public Permissions(BackendCalls backends, Duration maxAge, LongSupplier nanoTime) {
        blocks = new ExpiringCache<>(
                user -> backends.profiles("blocks", profiles -> profiles.blocks(user)), MAX_USERS, maxAge, nanoTime);
        rooms = new ExpiringCache<>(
                room -> backends.rooms("room", store -> store.find(room))
                        .thenApply(found -> found.map(Members::of).orElse(new Members(Set.of()))),
                MAX_ROOMS,
                maxAge,
                nanoTime);
    }

    /** Completes if {@code from} may write to {@code to}; fails with {@code forbidden} if {@code to} blocked them. */
    public CompletableFuture<Void> checkWrite(UserId from, UserId to) {
        return hasBlocked(to, from).thenApply(blocked -> {
            if (blocked) {
                throw new ChatException(ErrorCode.FORBIDDEN, "this user does not take messages from you");
            }
            return null;
        });
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
