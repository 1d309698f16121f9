package io.webchat.core.rooms;

import io.webchat.core.ChatConfig;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Changes rooms with the authority of the application, which is not a member: without invitations, blocks, rate limits
 * and limits of a user. Only the size of a room is limited, by {@link ChatConfig#maxRoomMembers}. A change holds on
 * other nodes within {@link ChatConfig#permissionCache}.
 *
 * <p>Every stage may fail with {@code unavailable}; then repeating the call is safe.
 */
public interface HostRooms {
    /**
     * Creates a room. Repeating the call with the same owner, name and openness adds the members who are missing.
     *
     * @param owner its first owner, who is a member
     * @param name see {@link Rooms#create}
     * @param open whether any user who knows the id may join
     * @param members the other members; each gets the role {@code MEMBER} at once
     * @return the room; fails with {@code bad_request}, {@code conflict} and {@code too_large} as {@link Rooms#create}
     */
    CompletionStage<Room> create(UserId owner, RoomId id, String name, boolean open, Collection<UserId> members);

    /**
     * Returns the room.
     *
     * @return fails with {@code not_found}
     */
    CompletionStage<Room> find(RoomId room);

    /**
     * Updates the details of the room.
     *
     * @return the room afterwards; fails as {@link Rooms#update} does, except for permissions
     */
    CompletionStage<Room> update(RoomId room, RoomUpdate update);

    /** Calls {@link #update} with this name. */
    default CompletionStage<Room> rename(RoomId room, String name) {
        return update(room, RoomUpdate.NONE.withName(name));
    }

    /**
     * Adds a member, or changes the role of a member.
     *
     * @return whether that changed anything; fails with {@code not_found}, with {@code too_large} when the room is
     *     full, and with {@code conflict} when the room would lose its last owner
     */
    CompletionStage<Boolean> put(RoomId room, UserId user, RoomRole role);

    /**
     * Removes a member. When that was the last owner, the member who joined first becomes an owner. A room without
     * members no longer exists.
     *
     * @return whether the user was a member; fails with {@code not_found}
     */
    CompletionStage<Boolean> remove(RoomId room, UserId user);

    /**
     * Deletes the room: removes all members, and deletes its history if the call log can. Messages that wait in the
     * queues of the members are still delivered. The id of the room is not used again.
     *
     * @return whether the room existed
     */
    CompletionStage<Boolean> delete(RoomId room);
}
