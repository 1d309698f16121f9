package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.UserDirectory;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.policy.Contacts;
import io.webchat.core.policy.Contact;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private record Members(Map<UserId, RoomMember> users) {
        static Members of(Room room) {
            return new Members(
                    room.members().stream().collect(Collectors.toUnmodifiableMap(RoomMember::user, each -> each)));
        }

        Optional<RoomMember> find(UserId user) {
            return Optional.ofNullable(users.get(user));
        }

        boolean contains(UserId user) {
            return users.containsKey(user);
        }

        boolean isReader(UserId user) {
            return find(user).filter(each -> each.role() == RoomRole.READER).isPresent();
        }
    }

    private final ExpiringCache<UserId, Set<UserId>> blocks;
    private final ExpiringCache<UserId, Boolean> existing;
    private final ExpiringCache<RoomId, Members> rooms;
    private final boolean everybodyExists;
    private final Contacts contacts;

    /**
     * Permissions by the blocks and rooms in these backends.
     *
     * @param directory tells which users exist
     * @param contacts decides who may reach and see whom
     * @param roomLoaded called with each room that is read from the store
     * @param maxAge the largest age of a cache entry
     * @param nanoTime the clock of the cache
     */
    public Permissions(
            BackendCalls backends,
            UserDirectory directory,
            Contacts contacts,
            Consumer<RoomSnapshot> roomLoaded,
            Duration maxAge,
            LongSupplier nanoTime) {
        this.contacts = contacts;
        everybodyExists = directory.equals(UserDirectory.EVERYBODY);
        existing = new ExpiringCache<>(user -> backends.exists(directory, user), MAX_USERS, maxAge, nanoTime);
        blocks = new ExpiringCache<>(
                user -> backends.profiles("blocks", profiles -> profiles.blocks(user)), MAX_USERS, maxAge, nanoTime);
        rooms = new ExpiringCache<>(
                room -> backends.rooms("room", store -> store.load(room)).thenApply(found -> {
                    found.ifPresent(roomLoaded);
                    return found.map(each -> Members.of(each.room())).orElse(new Members(Map.of()));
                }),
                MAX_ROOMS,
                maxAge,
                nanoTime);
    }

    /**
     * Completes if {@code from} may write to {@code to}. Fails with {@code not_found} if they may not reach this user,
     * and with {@code forbidden} if {@code to} blocked them.
     */
    public CompletableFuture<Void> checkWrite(Principal from, UserId to) {
        if (from.user().equals(to)) {
            return CompletableFuture.completedFuture(null);
        }
        return checkReach(from, to, Contact.MESSAGE).thenCompose(done -> checkNotBlocked(from.user(), to));
    }

    /**
     * Whether a signal of {@code from} reaches {@code to}; a signal to a user who does not exist is like one that does
     * not. Fails with {@code forbidden} if {@code to} blocked them.
     */
    public CompletableFuture<Boolean> isSignalled(Principal from, UserId to) {
        return contacts.allows(from, to, Contact.TYPING)
                .thenCompose(allowed -> allowed
                        ? checkNotBlocked(from.user(), to).thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
    }

    private CompletableFuture<Void> checkNotBlocked(UserId from, UserId to) {
        return hasBlocked(to, from).thenApply(blocked -> {
            if (blocked) {
                throw new ChatException(ErrorCode.FORBIDDEN, "this user does not take messages from you");
            }
            return null;
        });
    }

    /** Whether the asker may see this about the user, regardless of blocks. */
    public CompletableFuture<Boolean> maySee(Principal asker, UserId user, Contact contact) {
        return contacts.allows(asker, user, contact);
    }

    /** Completes if the user exists for the asker in this way; fails with {@code not_found} otherwise. */
    public CompletableFuture<Void> checkReach(Principal asker, UserId user, Contact contact) {
        return checkExists(user)
                .thenCompose(exists -> contacts.allows(asker, user, contact))
                .thenApply(allowed -> {
                    if (!allowed) {
                        throw noSuchUser(user);
                    }
                    return null;
                });
    }

    private static ChatException noSuchUser(UserId user) {
        return new ChatException(ErrorCode.NOT_FOUND, "there is no user " + user);
    }

    /** A 1:1 message passes this node. */
    public void onMessage(ChatEvent.Message message) {
        if (message.room() == null) {
            contacts.onMessage(message.from(), message.to());
        }
    }

    /** Completes if the host knows the user; fails with {@code not_found} otherwise. */
    private CompletableFuture<Void> checkExists(UserId user) {
        if (everybodyExists) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Boolean> known = existing.get(user);
        // A new user must not be refused because of an old cache entry; only a refusal costs this second query.
        return known.thenCompose(exists -> exists ? known : existing.refresh(user))
                .thenApply(exists -> {
                    if (!exists) {
                        throw noSuchUser(user);
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
        return known.thenCompose(members -> members.contains(user) ? known : rooms.refresh(room))
                .thenApply(members -> others(members, user));
    }

    /** Completes if the user takes part in the conversation; fails with {@code not_found} otherwise. */
    public CompletableFuture<Void> checkParticipant(UserId user, ConversationId conversation) {
        Optional<RoomId> room = conversation.roomId();
        if (room.isPresent()) {
            return otherMembers(room.get(), user).thenApply(others -> null);
        }
        return conversation.users().contains(user)
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(
                        new ChatException(ErrorCode.NOT_FOUND, "there is no such conversation"));
    }

    /** Returns the role of a member of the room; fails with {@code not_found} if {@code user} is not a member. */
    public CompletableFuture<RoomRole> role(RoomId room, UserId user) {
        return otherMembers(room, user)
                .thenCompose(others -> rooms.get(room))
                .thenApply(members -> members.find(user).map(RoomMember::role).orElseThrow(Permissions::noSuchRoom));
    }

    /** Whether the user became a member of the room after this time, Unix milliseconds. */
    CompletableFuture<Boolean> hasJoinedAfter(RoomId room, UserId user, long time) {
        return rooms.get(room)
                .thenApply(members -> members.find(user)
                        .filter(each -> each.joinedAt() > time)
                        .isPresent());
    }

    /** Returns all members of the room; fails with {@code not_found} if there is no such room. */
    CompletableFuture<Set<UserId>> allMembers(RoomId room) {
        return present(room).thenApply(members -> {
            if (members.users.isEmpty()) {
                throw noSuchRoom();
            }
            return members.users.keySet();
        });
    }

    /** Whether the room exists: it has members. */
    public CompletableFuture<Boolean> exists(RoomId room) {
        return present(room).thenApply(members -> !members.users.isEmpty());
    }

    /** The members of the room; a room that was created a moment ago must not be missing because of an old entry. */
    private CompletableFuture<Members> present(RoomId room) {
        CompletableFuture<Members> known = rooms.get(room);
        return known.thenCompose(members -> members.users.isEmpty() ? rooms.refresh(room) : known);
    }

    /**
     * Completes if all users whom the message mentions are in its conversation; fails with {@code bad_request}
     * otherwise. The author of a message in a room must be known to be a member: the failure tells who is not.
     */
    CompletableFuture<Void> checkMentions(ChatEvent.Message message) {
        List<UserId> mentions = message.content().mentions();
        if (mentions.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        RoomId room = message.room();
        if (room == null) {
            return CompletableFuture.completedFuture(List.of(message.from(), message.to()))
                    .thenAccept(people -> checkAmong(people, mentions));
        }
        CompletableFuture<Members> known = rooms.get(room);
        return known.thenCompose(members -> members.users.keySet().containsAll(mentions) ? known : rooms.refresh(room))
                .thenAccept(members -> checkAmong(members.users.keySet(), mentions));
    }

    private static void checkAmong(Collection<UserId> people, List<UserId> mentions) {
        for (UserId each : mentions) {
            if (!people.contains(each)) {
                throw new ChatException(
                        ErrorCode.BAD_REQUEST, "Mentions names " + each + ", who is not in the conversation");
            }
        }
    }

    /**
     * Returns the other members who take a message of {@code author} in the room: all who have not blocked them. Fails
     * as {@link #checkWriter} does.
     */
    public CompletableFuture<List<UserId>> recipients(RoomId room, UserId author) {
        return checkWriter(room, author).thenCompose(permitted -> audience(room, author));
    }

    /**
     * Returns the other members who take a reaction of {@code user} in the room: all who have not blocked them. Fails
     * with {@code not_found} if {@code user} is not a member; a reader may react.
     */
    CompletableFuture<List<UserId>> audience(RoomId room, UserId user) {
        return otherMembers(room, user).thenCompose(others -> withoutBlockersOf(user, others));
    }

    /**
     * Completes if {@code author} may write in the room. Fails with {@code not_found} if they are not a member, and
     * with {@code forbidden} for a reader.
     */
    private CompletableFuture<Void> checkWriter(RoomId room, UserId author) {
        // A member who may write now must not be refused because of an old cache entry.
        CompletableFuture<Members> known = rooms.get(room);
        return known.thenCompose(members -> members.isReader(author) ? rooms.refresh(room) : known)
                .thenAccept(members -> {
                    if (members.isReader(author)) {
                        throw new ChatException(ErrorCode.FORBIDDEN, "you are a reader of this room and cannot write");
                    }
                });
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

    /** Returns those of the users who have not blocked the author. */
    public CompletableFuture<List<UserId>> withoutBlockersOf(UserId author, List<UserId> users) {
        Set<UserId> known = new HashSet<>();
        List<UserId> unknown = new ArrayList<>();
        for (UserId user : users) {
            Set<UserId> blocked = blocks.known(user);
            if (blocked == null) {
                unknown.add(user);
            } else if (blocked.contains(author)) {
                known.add(user);
            }
        }
        return Fanout.matching(unknown, MAX_PARALLEL, null, each -> hasBlocked(each, author))
                .thenApply(found -> known.isEmpty() && found.isEmpty()
                        ? users
                        : users.stream()
                                .filter(each -> !known.contains(each) && !found.contains(each))
                                .toList());
    }

    private static List<UserId> others(Members members, UserId user) {
        if (!members.contains(user)) {
            throw noSuchRoom();
        }
        return members.users.keySet().stream()
                .filter(each -> !each.equals(user))
                .toList();
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
