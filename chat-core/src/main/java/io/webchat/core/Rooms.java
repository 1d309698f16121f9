package io.webchat.core;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads and changes rooms for one user. Owners add and remove members and change their roles. Any member may leave, and
 * any user who knows the id may join an open room. A room that the user is not in is {@code not_found}, like one that
 * does not exist; only joining an open room is possible. A change holds on other nodes within {@link
 * ChatConfig#permissionCache}. Every stage may fail with {@code unavailable}; then repeating the call is safe.
 */
public interface Rooms {
    /** The longest name of a room, in characters. */
    int MAX_NAME = 100;

    /**
     * Creates a room. The creator is its owner; the other members get the role {@code MEMBER}. Repeating the call with
     * the same owner, name and openness adds the members who are missing, so an unanswered call may be repeated.
     *
     * <p>Fails with {@code bad_request} for a name of another length, and with {@code conflict} when another room has
     * the id. Fails with {@code too_large} when there are too many members, or when one of them is in too many rooms.
     *
     * @param name 1 to {@link #MAX_NAME} characters
     * @param open whether any user who knows the id may join
     * @param members the first members; the owner is added anyway
     * @return the room
     */
    CompletionStage<Room> create(UserId owner, RoomId id, String name, boolean open, Collection<UserId> members);

    /**
     * Returns a room to one of its members.
     *
     * @return fails with {@code not_found}
     */
    CompletionStage<Room> find(UserId asker, RoomId room);

    /** Lists the rooms of this user, ordered by id. */
    CompletionStage<List<Membership>> list(UserId user);

    /**
     * Adds a member or changes the role of a member. Owners may do that for every user; other users may join an open
     * room with the role {@code MEMBER}.
     *
     * <p>Fails with {@code not_found}, and with {@code forbidden} for a member who is not an owner. Fails with {@code
     * too_large} when the room is full or the user is in too many rooms. Fails with {@code conflict} when the room
     * would lose its last owner.
     *
     * @return whether that changed anything
     */
    CompletionStage<Boolean> put(UserId asker, RoomId room, UserId member, RoomRole role);

    /**
     * Removes a member. Members may remove themselves, and owners may remove any member. A room without members no
     * longer exists, and its id is never used again.
     *
     * <p>Fails with {@code not_found}, and with {@code forbidden} for a member who is not an owner. Fails with {@code
     * conflict} for the last owner while there are other members.
     *
     * @return whether the user was a member
     */
    CompletionStage<Boolean> remove(UserId asker, RoomId room, UserId member);
}
