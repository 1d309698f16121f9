package io.webchat.core;

/** The permissions of a member of a room. */
public enum RoomRole {
    /** May add and remove members and change their roles. A room with members has at least one owner. */
    OWNER,
    /** May read and write. */
    MEMBER
}
