package io.webchat.core.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A change of a room.
 *
 * @param room the room
 * @param kind the kind of the change
 * @param by the user who made the change; null for the application
 * @param user the member whom the change is about; null for a change of the room itself
 * @param role the role of the member afterwards; null for a member who left, and for a change of the room itself
 * @param name the display name of the room, of {@code CREATED} and {@code UPDATED}; null otherwise
 * @param at the time on the node that made the change, Unix milliseconds
 */
public record RoomChange(
        RoomId room,
        Kind kind,
        @Nullable UserId by,
        @Nullable UserId user,
        @Nullable RoomRole role,
        @Nullable String name,
        long at) {
    /** The kinds of changes. */
    public enum Kind {
        /** The room was created. For each member an {@code ADDED} follows. */
        CREATED,
        /** A user became a member. {@code by} is the same user who joined or accepted an invitation, or an owner. */
        ADDED,
        /** A member got another role. */
        ROLE,
        /** A user is no longer a member. {@code by} is the same user who left, or an owner. */
        REMOVED,
        /** The room got another name or other details. */
        UPDATED,
        /** The application deleted the room. */
        DELETED
    }
}
