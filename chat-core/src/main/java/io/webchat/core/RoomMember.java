package io.webchat.core;

/**
 * A member of a room.
 *
 * @param user who
 * @param role what they may do
 * @param joinedAt since when they are a member, Unix milliseconds
 */
public record RoomMember(UserId user, RoomRole role, long joinedAt) {}
