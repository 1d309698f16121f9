package io.webchat.core.spi.rooms;

/**
 * The note that a change of a room must still be told to its members. The store keeps it with the change, in one atomic
 * step, and gives it back with the room until it is removed. So a change whose node died is told by another one.
 *
 * @param id the id of the change: 1 to 64 of {@code A-Z a-z 0-9 _ -}; different for each change
 * @param text the engine's text, without line breaks, at most {@link #MAX_BYTES} bytes of UTF-8
 */
public record RoomNote(String id, String text) {
    /** The largest number of bytes of a text. */
    public static final int MAX_BYTES = 8_192;
}
