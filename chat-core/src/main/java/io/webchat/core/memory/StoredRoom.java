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
import io.webchat.core.spi.support.ByteBudget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room and its members. A change costs the logarithm of their number, and the list of all members is made only when
 * it is read. What it holds counts in a budget: a change that needs more fails with {@code queue_full} and has no
 * effect, but nobody is kept from leaving. Guarded by itself.
 */
final class StoredRoom {
    /** The room without its members. */
    private Room empty;

    private final NavigableMap<UserId, RoomMember> members = new TreeMap<>();
    private final Map<String, RoomNote> notes = new LinkedHashMap<>();
    private final ByteBudget budget;
    private int owners;
    private @Nullable Room read;

    /** Makes a room whose heap the caller has taken from the budget. */
    StoredRoom(Room room, @Nullable RoomNote note, ByteBudget budget) {
        this.budget = budget;
        empty = room.with(List.of());
        room.members().forEach(this::keep);
        if (note != null) {
            notes.put(note.id(), note);
        }
    }

    /** The heap of a room that is stored with this note. */
    static long heap(Room room, @Nullable RoomNote note) {
        return HeapSize.of(room.details())
                + room.members().stream().mapToLong(HeapSize::of).sum()
                + HeapSize.of(note);
    }

    /** Gives back the heap of the room, which has ended. */
    synchronized void end() {
        long held = heap(room(), null)
                + notes.values().stream().mapToLong(HeapSize::of).sum();
        budget.add(-held);
    }

    synchronized RoomSnapshot snapshot() {
        return new RoomSnapshot(room(), List.copyOf(notes.values()));
    }

    /** Adds a note, if there is one, whose heap was taken already; forgets the oldest of too many. */
    private void add(@Nullable RoomNote note) {
        if (note != null) {
            budget.add(-HeapSize.of(notes.put(note.id(), note)));
            if (notes.size() > RoomStore.MAX_NOTES) {
                removeNote(notes.keySet().iterator().next());
            }
        }
    }

    synchronized void removeNote(String id) {
        budget.add(-HeapSize.of(notes.remove(id)));
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
    synchronized boolean update(RoomUpdate update, @Nullable RoomNote note) {
        RoomDetails before = empty.details();
        RoomDetails after = before.with(update);
        if (after.equals(before)) {
            return false;
        }
        budget.take(HeapSize.of(after) - HeapSize.of(before) + HeapSize.of(note));
        empty = empty.with(after);
        read = null;
        add(note);
        return true;
    }

    /** The room without its members. */
    synchronized Room withoutMembers() {
        return empty;
    }

    /** Returns the member as stored, or null if that changed nothing. */
    synchronized @Nullable RoomMember put(RoomMember member, int maxMembers, @Nullable RoomNote note) {
        RoomMember before = members.get(member.user());
        if (before == null) {
            if (members.size() >= maxMembers) {
                throw new ChatException(ErrorCode.TOO_LARGE, "the room is full");
            }
            budget.take(HeapSize.of(member) + HeapSize.of(note));
            add(note);
            return keep(member);
        }
        if (before.role() == member.role()) {
            return null;
        }
        checkNotLastOwner(before);
        budget.take(HeapSize.of(note));
        add(note);
        return keep(new RoomMember(before.user(), member.role(), before.joinedAt(), before.addedBy()));
    }

    /** Removes the member, even when the budget has no capacity for the note; returns whether the user was one. */
    synchronized boolean remove(UserId user, @Nullable RoomNote note) {
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
        budget.add(HeapSize.of(note) - HeapSize.of(before));
        add(note);
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
