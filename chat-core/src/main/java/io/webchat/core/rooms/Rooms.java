package io.webchat.core.rooms;

import io.webchat.core.ChatConfig;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads and changes rooms for one user. Owners add and remove members, change their roles and update the room. Any
 * member may leave, and any user who knows the id may join an open room.
 *
 * <p>Nobody is added against their will. A user gets an invitation instead who has left the room, whose {@link
 * AdditionPolicy} is {@code ASK}, or whom others have added to many rooms. A user cannot be added or invited by
 * somebody whom they have blocked.
 *
 * <p>A room that the user is not in is {@code not_found}, like one that does not exist; only joining an open room and
 * answering an invitation are possible. A change holds on other nodes within {@link ChatConfig#permissionCache}. Every
 * stage may fail with {@code unavailable}; then repeating the call is safe.
 */
public interface Rooms {
    /** The longest name of a room, in Unicode characters. */
    int MAX_NAME = 100;

    /** The longest address of a picture, in characters. */
    int MAX_PICTURE = 1_000;

    /** The largest data of a room, in bytes of UTF-8. */
    int MAX_DATA_BYTES = 4_096;

    /**
     * Creates a room. The creator is its owner; the other members get the role {@code MEMBER}. Repeating the call with
     * the same owner, name and openness adds the members who are missing, so an unanswered call may be repeated. Who
     * must agree first is invited, and is not among the members of the result.
     *
     * <p>Fails with {@code bad_request} for a name of another form, and with {@code conflict} when another room has the
     * id. Fails with {@code too_large} when there are too many members, or when the owner is in too many rooms. Fails
     * with {@code forbidden} or {@code not_found} when one of the members has blocked the owner or does not exist, and
     * with {@code rate_limited} when the owner adds people too quickly.
     *
     * @param name 1 to {@link #MAX_NAME} characters, at least one of them visible, and no line breaks or control
     *     characters
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

    /**
     * Updates the details of a room. Owners may do that.
     *
     * <p>Fails with {@code bad_request} for a name of another form, for a picture that is no {@code http}, {@code
     * https} or relative address or is too long, for data that is too long, for the join role {@code OWNER}, and for an
     * update of nothing. Fails with {@code not_found}, with {@code forbidden} for a member who is not an owner, and
     * with {@code forbidden} when the room store cannot update rooms.
     *
     * @return the room afterwards
     */
    CompletionStage<Room> update(UserId asker, RoomId room, RoomUpdate update);

    /** Lists the rooms of this user, ordered by id. */
    CompletionStage<List<Membership>> list(UserId user);

    /**
     * Adds or invites a member, or changes the role of a member. Owners may do that for every user. Other users may put
     * themselves with the role {@code MEMBER}: into an open room, and into a room to which they are invited. They get
     * the {@link RoomDetails#joinRole} of the room.
     *
     * <p>Fails with {@code not_found}, also for a user who does not exist, and for an open room with an owner who has
     * blocked the asker. Fails with {@code forbidden} for a member who is not an owner, and for a user who has blocked
     * the asker. Fails with {@code too_large} when the room is full, the user has joined too many rooms or has too many
     * open invitations. Fails with {@code conflict} when the room would lose its last owner.
     *
     * @return the outcome
     */
    CompletionStage<AdditionOutcome> put(UserId asker, RoomId room, UserId member, RoomRole role);

    /**
     * Removes a member, or ends an invitation. Members may leave, invited users may decline, and owners may remove any
     * member and withdraw any invitation. When the last owner leaves, the member who joined first becomes an owner. A
     * room without members no longer exists, and its id is never used again.
     *
     * <p>Fails with {@code not_found}, and with {@code forbidden} for a member who is not an owner.
     *
     * @return whether the user was a member or invited
     */
    CompletionStage<Boolean> remove(UserId asker, RoomId room, UserId member);

    /**
     * Lists the open invitations of this user, ordered by room id. Invitations by people whom the user has blocked are
     * left out.
     *
     * @return fails with {@code forbidden} when the room store makes no invitations
     */
    CompletionStage<List<RoomInvitation>> invitations(UserId user);

    /**
     * Returns this user's answer to owners who want to add them.
     *
     * @return fails with {@code forbidden} when the room store makes no invitations
     */
    CompletionStage<AdditionPolicy> additionPolicy(UserId user);

    /**
     * Sets this user's answer to owners who want to add them. It holds for additions after this call.
     *
     * @return fails with {@code forbidden} when the room store makes no invitations
     */
    CompletionStage<Void> setAdditionPolicy(UserId user, AdditionPolicy policy);
}
