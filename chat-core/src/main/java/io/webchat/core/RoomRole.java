package io.webchat.core;

/** What a member of a room may do. */
public enum RoomRole {
    /** Adds and removes members and gives them their roles. A room with members has at least one owner. */
    OWNER,
    /** Reads and writes. */
    MEMBER
}
