package io.webchat.core.spi;

import io.webchat.core.Membership;
import io.webchat.core.Room;
import io.webchat.core.RoomId;
import io.webchat.core.RoomMember;
import io.webchat.core.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The store of rooms and their members. The store checks no permissions; the engine does that before. Each change is
 * one atomic step with respect to others on the same room. After a change has completed, every later read sees it. A
 * store that can also remember invitations implements {@link RoomConsentStore}.
 */
public interface RoomStore {
    /** The largest number of members that a room may be created with; the others are added one by one. */
    int MAX_FIRST_MEMBERS = 40;

    /**
     * Creates the room with its members: one to {@link #MAX_FIRST_MEMBERS} different users, at least one of them an
     * owner. The caller ensures that.
     *
     * @return whether the room was created; false if a room with this id exists or has existed, which stays as it is.
     *     Of several concurrent calls one succeeds. Fails with {@code queue_full} when the backend as a whole has no
     *     capacity
     */
    CompletionStage<Boolean> create(Room room);

    /** Returns the room and its members, ordered by their user ids. */
    CompletionStage<Optional<Room>> find(RoomId room);

    /**
     * Adds the member, or changes the role of a member. The time of joining and the user who added the member stay the
     * first ones.
     *
     * <p>Fails with {@code not_found} when the room does not exist, and with {@code too_large} when it is full. Fails
     * with {@code conflict} when the room would lose its last owner.
     *
     * @param maxMembers the largest number of members; a role may be changed in a full room too
     * @return whether that changed anything
     */
    CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers);

    /**
     * Removes the member. A room without members no longer exists. Its id is not used again, because the call log still
     * has its messages.
     *
     * @return whether the room and the member existed; fails with {@code conflict} for the last owner while there are
     *     other members
     */
    CompletionStage<Boolean> remove(RoomId room, UserId member);

    /** Returns the rooms of the user, ordered by their ids. */
    CompletionStage<List<Membership>> roomsOf(UserId user);
}
