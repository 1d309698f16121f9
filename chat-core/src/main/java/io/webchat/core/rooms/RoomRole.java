package io.webchat.core.rooms;

/** The permissions of a member of a room. */
public enum RoomRole {
    /**
     * May read and write, add and remove members, change their roles and update the room. A room with members has at
     * least one owner.
     */
    OWNER,
    /** May read and write. */
    MEMBER,
    /** May read, give receipts and react to messages. Messages and typing signals of a reader are refused. */
    READER
}
