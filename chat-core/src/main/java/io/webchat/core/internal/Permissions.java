package io.webchat.core.internal;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who may write to whom. What it knows may be as old as the cache keeps it; what this node changes itself holds at
 * once. Where it cannot find out, nobody may: the stage fails with {@code unavailable}.
 */
final class Permissions {
    private static final int MAX_USERS = 50_000;
    private static final int MAX_ROOMS = 10_000;

    /** The users in a room; none for a room that does not exist. */
    private record Members(Set<UserId> users) {
        static Members of(Room room) {
            return new Members(room.members().stream().map(RoomMember::user).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private final ExpiringCache<UserId, Set<UserId>> blocks;
    private final ExpiringCache<RoomId, Members> rooms;

    Permissions(Backends backends, Duration maxAge, LongSupplier nanoTime) {
        blocks = new ExpiringCache<>(
                user -> backends.profiles("blocks", profiles -> profiles.blocks(user)), MAX_USERS, maxAge, nanoTime);
        rooms = new ExpiringCache<>(
                room -> backends.rooms("room", store -> store.find(room))
                        .thenApply(found -> found.map(Members::of).orElse(new Members(Set.of()))),
                MAX_ROOMS,
                maxAge,
                nanoTime);
    }

    /** Fails with {@code forbidden} where {@code to} has blocked {@code from}. */
    CompletableFuture<Void> write(UserId from, UserId to) {
        return refuses(to, from).thenApply(refuses -> {
            if (refuses) {
                throw new ChatException(ErrorCode.FORBIDDEN, "this user does not take messages from you");
            }
            return null;
        });
    }

    /** Whether {@code user} has blocked {@code other}; nobody refuses themselves. */
    CompletableFuture<Boolean> refuses(UserId user, UserId other) {
        return user.equals(other)
                ? CompletableFuture.completedFuture(false)
                : blocks.get(user).thenApply(refused -> refused.contains(other));
    }

    /** The other members of the room; fails with {@code not_found} where {@code user} is none. */
    CompletableFuture<List<UserId>> othersIn(RoomId room, UserId user) {
        CompletableFuture<Members> known = rooms.get(room);
        // Who was added a moment ago must not be refused for good; only a refusal costs this second question.
        return known.thenCompose(members -> members.users.contains(user) ? known : rooms.getAnew(room))
                .thenApply(members -> others(members, user));
    }

    private static List<UserId> others(Members members, UserId user) {
        if (!members.users.contains(user)) {
            throw noSuchRoom();
        }
        return members.users.stream().filter(each -> !each.equals(user)).toList();
    }

    static ChatException noSuchRoom() {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no such room");
    }

    /** This node changed whom the user blocks. */
    void blocksChanged(UserId user) {
        blocks.forget(user);
    }

    /** This node changed who is in the room. */
    void roomChanged(RoomId room) {
        rooms.forget(room);
    }
}
