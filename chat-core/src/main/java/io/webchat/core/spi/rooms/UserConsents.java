package io.webchat.core.spi.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.AdditionPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The rooms that a user must agree to join.
 *
 * @param policy the user's answer to owners of all other rooms
 * @param rooms these rooms, ordered by their ids
 */
public record UserConsents(AdditionPolicy policy, List<RoomConsent> rooms) {
    /** Copies the list. */
    public UserConsents {
        rooms = List.copyOf(rooms);
    }

    /** Returns the entry of this room. */
    public Optional<RoomConsent> room(RoomId id) {
        return rooms.stream().filter(each -> each.room().equals(id)).findFirst();
    }
}
