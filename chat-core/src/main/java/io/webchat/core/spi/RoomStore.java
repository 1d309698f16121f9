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
 * Who is in which room. Nothing here knows who asks: the engine checks that first. Each change is one atomic step with
 * regard to others on the same room, and is seen by every read that begins after it has completed.
 */
public interface RoomStore {
    /** How many members a room may be created with; others are added one by one. */
    int MAX_FIRST_MEMBERS = 40;

    /**
     * Creates the room with its members: one to {@link #MAX_FIRST_MEMBERS} different users, at least one of them an
     * owner. That is for the caller to see to.
     *
     * @return whether it was created: false where a room of this id exists, which stays as it is, or has existed; of
     *     several at once one is created. Fails with {@code queue_full} where the backend as a whole cannot take more
     */
    CompletionStage<Boolean> create(Room room);

    /** The room and its members, ordered by their user ids. */
    CompletionStage<Optional<Room>> find(RoomId room);

    /**
     * Adds the member, or gives a member that is there the role; the time of joining stays the first one.
     *
     * @param maxMembers how many members the room may have; a change of role is possible in a full one too
     * @return whether that changed anything; fails with {@code not_found} where there is no such room, with {@code
     *     too_large} where it is full, with {@code conflict} where the last owner would become a mere member
     */
    CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers);

    /**
     * Removes the member. A room without members is gone; its id is not used again, since the
     * call log still has what was written there.
     *
     * @return whether there was such a room and member; fails with {@code conflict} for the last owner while others are
     *     in the room
     */
    CompletionStage<Boolean> remove(RoomId room, UserId member);

    /** The rooms that the user is a member of, ordered by their ids. */
    CompletionStage<List<Membership>> roomsOf(UserId user);
}
