package io.webchat.core.memory;

import io.webchat.core.ids.RoomId;
import io.webchat.core.spi.support.ByteBudget;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids of removed rooms. They are not used again, because the call log has their messages. Only so many are
 * remembered as there may be rooms, and fewer when a new room needs their memory. Guarded by itself.
 */
final class RemovedRooms {
    private final Set<RoomId> ids = new LinkedHashSet<>();
    private final ByteBudget budget;
    private final int max;

    RemovedRooms(int max, ByteBudget budget) {
        this.max = max;
        this.budget = budget;
    }

    synchronized boolean contains(RoomId id) {
        return ids.contains(id);
    }

    /** Remembers the id of a room whose heap was given back, which is more than this takes. */
    synchronized void add(RoomId id) {
        if (ids.add(id)) {
            budget.add(HeapSize.ofGone(id));
        }
        if (ids.size() > max) {
            forgetOldest();
        }
    }

    /** Forgets the oldest id; returns whether there was one. */
    synchronized boolean forgetOldest() {
        Iterator<RoomId> oldest = ids.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        budget.add(-HeapSize.ofGone(oldest.next()));
        oldest.remove();
        return true;
    }
}
