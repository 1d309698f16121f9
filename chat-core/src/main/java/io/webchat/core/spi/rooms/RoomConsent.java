package io.webchat.core.spi.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;

/**
 * A room that a user must agree to join.
 *
 * @param room the room's id
 * @param state the reason
 * @param name the display name of the room at that time
 * @param by the owner who invited, or the user who left
 * @param at the time of the invitation or of leaving, Unix milliseconds
 */
public record RoomConsent(RoomId room, State state, String name, UserId by, long at) {
    /** The reason why the user must agree. */
    public enum State {
        /** The user was invited and has not answered. */
        INVITED,
        /** The user left the room, or declined an invitation to it. */
        LEFT
    }
}
