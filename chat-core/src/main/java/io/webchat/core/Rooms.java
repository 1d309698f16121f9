package io.webchat.core;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who converses in which room, on behalf of one user. Owners add, remove and change members; anyone may leave; an open
 * room may be joined by whoever names it. A room that the user is not in is {@code not_found}, as one that does not
 * exist, except for joining an open one. Other nodes go by a change within {@link ChatConfig#permissionCache}. Every
 * stage may fail with {@code unavailable}; repeating is safe then.
 */
public interface Rooms {
    /** How long a room's name may be, in characters. */
    int MAX_NAME = 100;

    /**
     * Creates a room; who creates it is its owner, and the members are mere members. Repeating it with the same owner,
     * name and openness adds who is missing, so that an unanswered call may be made again.
     *
     * @param name 1 to {@link #MAX_NAME} characters
     * @param members whom to add to begin with; the owner among them changes nothing
     * @return the room as it is then; fails with {@code bad_request} for a name of another length, {@code conflict}
     *     where the id is another room's, {@code too_large} where there are more members than a room may have or one
     *     of them is in as many rooms as one may be
     */
    CompletionStage<Room> create(UserId owner, RoomId id, String name, boolean open, Collection<UserId> members);

    /**
     * The room, for one of its members.
     *
     * @return fails with {@code not_found}
     */
    CompletionStage<Room> find(UserId asker, RoomId room);

    /** The rooms that this user is in, ordered by their ids. */
    CompletionStage<List<Membership>> list(UserId user);

    /**
     * Adds a member, or gives one another role. Owners may do that for everyone, themselves included; others may join
     * an open room as a mere member.
     *
     * @return whether that changed anything; fails with {@code not_found}, with {@code forbidden} for a member who is
     *     no owner, with {@code too_large} where the room is full or the user in too many, with {@code conflict}
     *     where the last owner would become a mere member
     */
    CompletionStage<Boolean> put(UserId asker, RoomId room, UserId member, RoomRole role);

    /**
     * Removes a member: oneself, or, for owners, anyone. A room without members is gone, and its id is not used again.
     *
     * @return whether there was such a member; fails with {@code not_found}, with {@code forbidden} for a member who
     *     is no owner, with {@code conflict} for the last owner while others are in the room
     */
    CompletionStage<Boolean> remove(UserId asker, RoomId room, UserId member);
}
