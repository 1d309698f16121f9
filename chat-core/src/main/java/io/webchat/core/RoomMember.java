package io.webchat.core;

/**
 * A member of a room.
 *
 * @param user the user
 * @param role the permissions of the member
 * @param joinedAt the time when the user became a member, Unix milliseconds
 */
public record RoomMember(UserId user, RoomRole role, long joinedAt) {}
