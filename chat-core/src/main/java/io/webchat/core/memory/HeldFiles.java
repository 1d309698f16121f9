package io.webchat.core.memory;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.ByteBudget;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The finished files of a {@link MemoryAttachmentStore}. An upload asks for the old files and for the sum of its owner,
 * so both are at hand: the pending files in the order of their age, and a sum for each owner. Safe for use by several
 * threads.
 */
final class HeldFiles {
    /**
     * A finished file.
     *
     * @param content its bytes, which nobody changes
     * @param use the message for which it is kept; null for a pending file
     */
    record Held(
            StoredAttachment file,
            ByteBuffer content,
            @Nullable AttachmentUse use) {
        AttachmentId id() {
            return file.id();
        }

        boolean isPending() {
            return use == null;
        }

        boolean isOf(UserId user) {
            return file.owner().equals(user);
        }
    }

    /** The files of one owner, of which there is at least one, and the sum that they count for the quota. */
    private static final class OwnedFiles {
        final Set<AttachmentId> ids = new LinkedHashSet<>();
        long charge;
    }

    private static final Comparator<Held> OLDEST_FIRST = Comparator.comparingLong(
                    (Held held) -> held.file().createdAt())
            .thenComparing(held -> held.id().value());

    private final Map<AttachmentId, Held> files = new HashMap<>();
    private final NavigableSet<Held> pending = new TreeSet<>(OLDEST_FIRST);
    private final Map<UserId, OwnedFiles> owners = new HashMap<>();
    private final ByteBudget budget;

    /** Makes an empty collection, which gives the bytes of removed files back to this budget. */
    HeldFiles(ByteBudget budget) {
        this.budget = budget;
    }

    /** Adds a pending file, whose bytes the budget counts already. */
    synchronized void add(StoredAttachment file, ByteBuffer content) {
        Held held = new Held(file, content, null);
        files.put(held.id(), held);
        pending.add(held);
        OwnedFiles owned = owners.computeIfAbsent(file.owner(), any -> new OwnedFiles());
        owned.ids.add(held.id());
        owned.charge += AttachmentLimits.charge(file.bytes());
    }

    synchronized Optional<Held> find(AttachmentId id) {
        return Optional.ofNullable(files.get(id));
    }

    /** Keeps a pending file of this message's author for the message; returns the file if the message has it now. */
    synchronized Optional<Held> keep(AttachmentUse use, AttachmentId id) {
        Held held = files.get(id);
        if (held != null && held.isPending() && held.isOf(use.owner())) {
            pending.remove(held);
            held = new Held(held.file(), held.content(), use);
            files.put(id, held);
        }
        return Optional.ofNullable(held).filter(each -> use.equals(each.use()));
    }

    /** Removes a file, kept or not; without one, the call has no effect. */
    synchronized void remove(AttachmentId id) {
        find(id).ifPresent(this::remove);
    }

    /** Removes a pending file of this owner; returns whether there was one. */
    synchronized boolean removePending(UserId owner, AttachmentId id) {
        Optional<Held> found = find(id).filter(held -> held.isPending() && held.isOf(owner));
        found.ifPresent(this::remove);
        return found.isPresent();
    }

    /** Removes the pending files that were begun before this time. */
    synchronized void removeOld(long oldestMillis) {
        while (!pending.isEmpty() && pending.first().file().createdAt() < oldestMillis) {
            remove(pending.first());
        }
    }

    private void remove(Held held) {
        StoredAttachment file = held.file();
        files.remove(held.id());
        pending.remove(held);
        owners.computeIfPresent(file.owner(), (any, owned) -> {
            owned.ids.remove(held.id());
            owned.charge -= AttachmentLimits.charge(file.bytes());
            return owned.ids.isEmpty() ? null : owned;
        });
        budget.add(-HeapSize.of(file));
    }

    /** Returns the sum that the files of this owner count for the quota. */
    synchronized long charge(UserId owner) {
        OwnedFiles owned = owners.get(owner);
        return owned == null ? 0 : owned.charge;
    }

    /** Returns the ids of the files of this owner. */
    synchronized List<AttachmentId> ids(UserId owner) {
        OwnedFiles owned = owners.get(owner);
        return owned == null ? List.of() : List.copyOf(owned.ids);
    }

    /** Returns the number of files that no message has. */
    synchronized int pending() {
        return pending.size();
    }
}
