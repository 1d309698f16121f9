package io.webchat.core.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;

/**
 * An invitation to a room, which its user may accept or decline.
 *
 * @param room the room's id
 * @param name the display name of the room when the invitation was made
 * @param by the owner who invited
 * @param invitedAt the time of the invitation, Unix milliseconds
 */
public record RoomInvitation(RoomId room, String name, UserId by, long invitedAt) {}
