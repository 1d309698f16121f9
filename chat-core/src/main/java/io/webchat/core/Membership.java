package io.webchat.core;

/**
 * A room as one of its members lists it.
 *
 * @param room its id
 * @param name what people call it
 * @param role what the member may do
 * @param joinedAt since when they are a member, Unix milliseconds
 */
public record Membership(RoomId room, String name, RoomRole role, long joinedAt) {}
