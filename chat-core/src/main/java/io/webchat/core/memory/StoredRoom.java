package io.webchat.core.memory;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomDetails;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.spi.rooms.RoomNote;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.core.spi.rooms.RoomStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room and its members. A change costs the logarithm of their number, and the list of all members is made only when
 * it is read. Guarded by itself.
 */
final class StoredRoom {
    /** The room without its members. */
    private Room empty;

    private final NavigableMap<UserId, RoomMember> members = new TreeMap<>();
    private final Map<String, RoomNote> notes = new LinkedHashMap<>();
    private int owners;
    private @Nullable Room read;

    StoredRoom(Room room) {
        empty = room.with(List.of());
        room.members().forEach(this::keep);
    }

    synchronized RoomSnapshot snapshot() {
        return new RoomSnapshot(room(), List.copyOf(notes.values()));
    }

    /** Adds a note, if there is one; forgets the oldest of too many. */
    synchronized void add(@Nullable RoomNote note) {
        if (note != null) {
            notes.put(note.id(), note);
            if (notes.size() > RoomStore.MAX_NOTES) {
                notes.remove(notes.keySet().iterator().next());
            }
        }
    }

    synchronized void removeNote(String id) {
        notes.remove(id);
    }

    /** The room with its members. */
    synchronized Room room() {
        Room now = read;
        if (now == null) {
            now = empty.with(List.copyOf(members.values()));
            read = now;
        }
        return now;
    }

    /** Updates the details; returns whether that changed anything. */
    synchronized boolean update(RoomUpdate update) {
        RoomDetails after = empty.details().with(update);
        boolean changed = !after.equals(empty.details());
        empty = empty.with(after);
        read = null;
        return changed;
    }

    /** The room without its members. */
    synchronized Room withoutMembers() {
        return empty;
    }

    /** Returns the member as stored, or null if that changed nothing. */
    synchronized @Nullable RoomMember put(RoomMember member, int maxMembers) {
        RoomMember before = members.get(member.user());
        if (before == null) {
            if (members.size() >= maxMembers) {
                throw new ChatException(ErrorCode.TOO_LARGE, "the room is full");
            }
            return keep(member);
        }
        if (before.role() == member.role()) {
            return null;
        }
        checkNotLastOwner(before);
        return keep(new RoomMember(before.user(), member.role(), before.joinedAt(), before.addedBy()));
    }

    /** Removes the member; returns whether the user was one. */
    synchronized boolean remove(UserId user) {
        RoomMember before = members.get(user);
        if (before == null) {
            return false;
        }
        if (members.size() > 1) {
            checkNotLastOwner(before);
        }
        members.remove(user);
        owners -= ownerCount(before);
        read = null;
        return true;
    }

    synchronized boolean isEmpty() {
        return members.isEmpty();
    }

    private RoomMember keep(RoomMember member) {
        RoomMember before = members.put(member.user(), member);
        owners += ownerCount(member) - ownerCount(before);
        read = null;
        return member;
    }

    private void checkNotLastOwner(RoomMember member) {
        if (owners == ownerCount(member)) {
            throw new ChatException(ErrorCode.CONFLICT, "a room keeps at least one owner");
        }
    }

    private static int ownerCount(@Nullable RoomMember member) {
        return member != null && member.role() == RoomRole.OWNER ? 1 : 0;
    }
}
