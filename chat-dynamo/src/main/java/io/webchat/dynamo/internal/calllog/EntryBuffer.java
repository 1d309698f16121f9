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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the watermarks of entries, and writes each entry once per interval at most. What could not be written is
 * tried again after the next interval.
 */
final class EntryBuffer {
    private static final Logger log = LoggerFactory.getLogger(EntryBuffer.class);

    private final EntryWriter writer;
    private final ListPositionWriter listing;
    private final TimerThread timer;
    private final Duration interval;
    private final int max;

    /** Those that were raised within the interval. Guarded by this. */
    private final Map<EntryKey, Slot> slots = new HashMap<>();
    /** Guarded by this. */
    private boolean closed;
    /** When a failure was last told. Guarded by this. */
    private long warned;

    EntryBuffer(EntryWriter writer, TimerThread timer, TableSettings settings) {
        this.writer = writer;
        this.listing = new ListPositionWriter(writer);
        this.timer = timer;
        this.interval = settings.flushInterval();
        this.max = settings.maxWaiting();
        this.warned = System.nanoTime() - interval.toNanos();
    }

    /** Raises the entry within the interval. */
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

    /** Lists the conversation by a message of that time, at least nearly; complete when it is. */
    CompletionStage<Void> list(EntryKey key, long storedAt) {
        return listing.raise(key, storedAt);
    }

    private static CompletionStage<Void> refused() {
        return CompletableFuture.failedFuture(DynamoErrors.unavailable("too many conversations wait to be recorded"));
    }

    /** The entry's slot, which ends by itself; null where there are too many. */
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

    /** Writes what has come since, or ends the slot where nothing did. */
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
        var unused = write(slot).whenComplete((done, failure) -> {
            if (failure != null) {
                warn(failure);
            }
            timer.after(interval, () -> tick(slot));
        });
    }

    /** Once per interval: in an outage all entries fail. */
    private void warn(Throwable failure) {
        long now = System.nanoTime();
        synchronized (this) {
            if (now - warned < interval.toNanos()) {
                return;
            }
            warned = now;
        }
        log.warn("entries could not be written, and are tried again: {}", failure.getMessage());
    }

    /** What is being written, and tells when that has ended. */
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

    /** Raises the entry now. */
    CompletionStage<Void> raiseNow(EntryKey key, EntryState change) {
        return writer.raise(key, change);
    }

    /** Forgets what waits for these entries; complete when nothing is being written to them any more. */
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

    /** Takes no more, and writes all that waits; fails where one could not be written. */
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
        // What failed, here or before, waits again, and gets a last chance.
        return writing.thenCompose(settled -> write(slot));
    }

    /** Guarded by the entries. */
    private static final class Slot {
        final EntryKey key;
        EntryState pending = EntryState.NONE;
        /** Complete when nothing is being written. */
        CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

        Slot(EntryKey key) {
            this.key = key;
        }
    }
}
