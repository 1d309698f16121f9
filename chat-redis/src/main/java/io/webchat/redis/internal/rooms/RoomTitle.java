package io.webchat.redis.internal.rooms;

import io.webchat.core.rooms.RoomDetails;

/**
 * The name and the picture of a room as one text, {@code picture name}: a picture has no spaces, and a name may.
 *
 * @param name the display name
 * @param picture the address of the picture; empty for none
 */
record RoomTitle(String name, String picture) {
    /** Stands for no picture. */
    private static final String NONE = "-";

    static RoomTitle of(RoomDetails details) {
        return new RoomTitle(details.name(), details.picture());
    }

    static RoomTitle parse(String text) {
        int space = text.indexOf(' ');
        String picture = text.substring(0, Math.max(space, 0));
        return new RoomTitle(text.substring(space + 1), picture.equals(NONE) ? "" : picture);
    }

    /** The picture as it is stored. */
    static String stored(String picture) {
        return picture.isEmpty() ? NONE : picture;
    }

    @Override
    public String toString() {
        return stored(picture) + " " + name;
    }
}
