package io.webchat.core.spi.rooms;

import io.webchat.core.rooms.Room;
import java.util.List;

/**
 * A room as its store has it.
 *
 * @param room the room
 * @param notes the notes of its changes that were not removed, the oldest first; most often none
 */
public record RoomSnapshot(Room room, List<RoomNote> notes) {
    /** Copies the list. */
    public RoomSnapshot {
        notes = List.copyOf(notes);
    }
}
