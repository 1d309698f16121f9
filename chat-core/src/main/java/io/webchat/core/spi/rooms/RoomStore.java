package io.webchat.core.spi.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The store of rooms and their members. The store checks no permissions; the engine does that before. Each change is
 * one atomic step with respect to others on the same room. After a change has completed, every later read sees it. A
 * store that can also remember invitations implements {@link RoomConsentStore}, and one that can update the details of
 * rooms {@link RoomDetailsStore}.
 *
 * <p>A {@link RoomNote} is stored in the step of its change, and only if that changes anything. A room that ends loses
 * its notes. A store may drop the oldest of more than {@link #MAX_NOTES} notes of a room.
 */
public interface RoomStore {
    /** The largest number of members that a room may be created with; the others are added one by one. */
    int MAX_FIRST_MEMBERS = 40;

    /** The number of notes that the store keeps of each room. */
    int MAX_NOTES = 100;

    /**
     * Creates the room with its members: one to {@link #MAX_FIRST_MEMBERS} different users, at least one of them an
     * owner. The caller ensures that.
     *
     * @param note stored with the room; null for none
     * @return whether the room was created; false if a room with this id exists or has existed, which stays as it is.
     *     Of several concurrent calls one succeeds. Fails with {@code queue_full} when the backend as a whole has no
     *     capacity
     */
    CompletionStage<Boolean> create(Room room, @Nullable RoomNote note);

    /** Calls {@link #create(Room, RoomNote)} without a note. */
    default CompletionStage<Boolean> create(Room room) {
        return create(room, null);
    }

    /** Returns the room with its members, ordered by their user ids, and the notes of its changes. */
    CompletionStage<Optional<RoomSnapshot>> load(RoomId room);

    /** Returns the room with its members, ordered by their user ids. */
    default CompletionStage<Optional<Room>> find(RoomId room) {
        return load(room).thenApply(found -> found.map(RoomSnapshot::room));
    }

    /**
     * Adds the member, or changes the role of a member. The time of joining and the user who added the member stay the
     * first ones.
     *
     * <p>Fails with {@code not_found} when the room does not exist, and with {@code too_large} when it is full. Fails
     * with {@code conflict} when the room would lose its last owner.
     *
     * @param maxMembers the largest number of members; a role may be changed in a full room too
     * @param note stored if that changed anything; null for none
     * @return whether that changed anything
     */
    CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers, @Nullable RoomNote note);

    /** Calls {@link #put(RoomId, RoomMember, int, RoomNote)} without a note. */
    default CompletionStage<Boolean> put(RoomId room, RoomMember member, int maxMembers) {
        return put(room, member, maxMembers, null);
    }

    /**
     * Removes the member. A room without members no longer exists. Its id is not used again, because the call log still
     * has its messages.
     *
     * @param note stored if there are other members; null for none
     * @return whether the room and the member existed; fails with {@code conflict} for the last owner while there are
     *     other members
     */
    CompletionStage<Boolean> remove(RoomId room, UserId member, @Nullable RoomNote note);

    /** Calls {@link #remove(RoomId, UserId, RoomNote)} without a note. */
    default CompletionStage<Boolean> remove(RoomId room, UserId member) {
        return remove(room, member, null);
    }

    /** Removes a note. Repeating it has no effect. */
    CompletionStage<Void> removeNote(RoomId room, String note);

    /** Returns the rooms of the user, ordered by their ids. */
    CompletionStage<List<Membership>> roomsOf(UserId user);
}
