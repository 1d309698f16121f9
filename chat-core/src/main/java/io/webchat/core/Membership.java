package io.webchat.core;

/**
 * A room in the list of one of its members.
 *
 * @param room the room's id
 * @param name the display name of the room
 * @param role the permissions of the member
 * @param joinedAt the time when the user became a member, Unix milliseconds
 */
public record Membership(RoomId room, String name, RoomRole role, long joinedAt) {}
