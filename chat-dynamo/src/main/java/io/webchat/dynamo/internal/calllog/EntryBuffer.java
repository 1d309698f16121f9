package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.Futures;
import io.webchat.dynamo.internal.table.TableSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Collects the watermarks of entries and writes each entry at most once per interval. A failed write is repeated after
 * the next interval.
 */
final class EntryBuffer {
    private final EntryWriter writer;
    private final ListPositionWriter listing;
    private final TimerThread timer;
    private final Duration interval;
    private final int max;

    /** Entries raised within the interval. Guarded by this. */
    private final Map<EntryKey, Slot> slots = new HashMap<>();
    /** Guarded by this. */
    private boolean closed;

    EntryBuffer(EntryWriter writer, TimerThread timer, TableSettings settings) {
        this.writer = writer;
        this.listing = new ListPositionWriter(writer);
        this.timer = timer;
        this.interval = settings.flushInterval();
        this.max = settings.maxWaiting();
    }

    /** Raises the entry, and writes it within the interval. */
    CompletionStage<Void> raiseSoon(EntryKey key, EntryState change) {
        synchronized (this) {
            Slot slot = slot(key);
            if (slot == null) {
                return refused();
            }
            slot.pending = slot.pending.raised(change);
        }
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Moves the conversation up in the list for a message of this time; completes when it is near enough to the top.
     */
    CompletionStage<Void> list(EntryKey key, long storedAt) {
        return listing.raise(key, storedAt);
    }

    private static CompletionStage<Void> refused() {
        return CompletableFuture.failedFuture(
                DynamoErrors.unavailable("too many marks wait to be written to DynamoDB, try again"));
    }

    /** The slot of the entry, created if needed; null if the buffer is full. */
    private @Nullable Slot slot(EntryKey key) {
        Slot slot = slots.get(key);
        if (slot == null && !closed && slots.size() < max) {
            slot = new Slot(key);
            slots.put(key, slot);
            Slot made = slot;
            timer.after(interval, () -> tick(made));
        }
        return slot;
    }

    /** Writes the changes since the last tick. Removes the slot if there are none. */
    private void tick(Slot slot) {
        synchronized (this) {
            if (slots.get(slot.key) != slot) {
                return;
            }
            if (slot.pending.isEmpty() && slot.writing.isDone()) {
                slots.remove(slot.key);
                return;
            }
        }
        var unused = write(slot).whenComplete((done, failure) -> timer.after(interval, () -> tick(slot)));
    }

    /** A change being written, and a future that completes when the write has ended. */
    private record Taken(EntryState change, CompletableFuture<Void> settled) {}

    private synchronized Taken take(Slot slot) {
        Taken taken = new Taken(slot.pending, new CompletableFuture<>());
        slot.pending = EntryState.NONE;
        slot.writing = CompletableFuture.allOf(slot.writing, taken.settled());
        return taken;
    }

    private CompletableFuture<Void> write(Slot slot) {
        Taken taken = take(slot);
        CompletableFuture<Void> written = writer.raise(slot.key, taken.change());
        var unused = written.whenComplete((done, failure) -> {
            if (failure != null) {
                synchronized (this) {
                    slot.pending = slot.pending.raised(taken.change());
                }
            }
            taken.settled().complete(null);
        });
        return written;
    }

    /** Raises the entry at once. */
    CompletionStage<Void> raiseNow(EntryKey key, EntryState change) {
        return writer.raise(key, change);
    }

    /** Forgets the changes of these entries; completes when no write to them is in flight. */
    CompletionStage<Void> forget(Collection<EntryKey> keys) {
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        synchronized (this) {
            for (EntryKey key : keys) {
                writing.add(listing.forget(key));
                Slot slot = slots.remove(key);
                if (slot != null) {
                    slot.pending = EntryState.NONE;
                    writing.add(slot.writing);
                }
            }
        }
        return Futures.all(writing);
    }

    /** Takes no more changes and writes those that wait; fails if one could not be written. */
    CompletionStage<Void> close() {
        List<Slot> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(slots.values());
            slots.clear();
        }
        return Futures.all(left.stream().map(this::writeLast).toList());
    }

    private CompletableFuture<Void> writeLast(Slot slot) {
        var unused = write(slot);
        CompletableFuture<Void> writing;
        synchronized (this) {
            writing = slot.writing;
        }
        // A change whose write failed waits again and gets a last attempt.
        return writing.thenCompose(settled -> write(slot));
    }

    /** Changes of one entry. Guarded by the buffer. */
    private static final class Slot {
        final EntryKey key;
        EntryState pending = EntryState.NONE;
        /** Completes when no write is in flight. */
        CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

        Slot(EntryKey key) {
            this.key = key;
        }
    }
}
