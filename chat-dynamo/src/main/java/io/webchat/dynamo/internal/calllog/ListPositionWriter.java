package io.webchat.dynamo.internal.calllog;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Moves conversations up in the lists of their users.
 *
 * <p>An entry holds the time of a recent message. It is written again only for a message that is {@link #MAX_LAG}
 * later, and before that message counts as recorded. So an entry is never further behind its conversation, even if a
 * node was killed. Readers allow for this: they read the conversation itself, and look that much further down the list.
 */
final class ListPositionWriter {
    /**
     * The most that an entry is behind its conversation, in message time. All versions and nodes use the same value.
     */
    static final Duration MAX_LAG = Duration.ofMinutes(1);

    /** An entry that is forgotten too early is written once more. */
    private static final int MAX_KNOWN = 50_000;

    private record Written(long storedAt, long nanos, CompletableFuture<Void> done) {
        /** Whether the entry is recent enough for a message of this time. */
        boolean covers(long message) {
            return message < storedAt + MAX_LAG.toMillis() && System.nanoTime() - nanos < MAX_LAG.toNanos();
        }
    }

    private final EntryWriter writer;
    /** Entries that this node wrote lately or is writing, oldest first. Guarded by this. */
    private final LinkedHashMap<EntryKey, Written> known = new LinkedHashMap<>();

    ListPositionWriter(EntryWriter writer) {
        this.writer = writer;
    }

    /** Completes when the entry is recent enough for a message of this time. */
    CompletableFuture<Void> raise(EntryKey key, long storedAt) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Written mine = new Written(storedAt, System.nanoTime(), done);
        synchronized (this) {
            Written there = known.get(key);
            if (there != null && there.covers(storedAt)) {
                return there.done.copy();
            }
            known.remove(key);
            known.put(key, mine);
            forgetOld();
        }
        var unused = writer.raise(key, EntryState.last(storedAt)).whenComplete((written, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                forget(key, mine);
                done.completeExceptionally(failure);
            }
        });
        return done.copy();
    }

    private void forgetOld() {
        Iterator<Map.Entry<EntryKey, Written>> eldest = known.entrySet().iterator();
        while (eldest.hasNext()) {
            Written each = eldest.next().getValue();
            if (known.size() <= MAX_KNOWN && System.nanoTime() - each.nanos < MAX_LAG.toNanos()) {
                return;
            }
            eldest.remove();
        }
    }

    private synchronized void forget(EntryKey key, Written failed) {
        known.remove(key, failed);
    }

    /** Forgets an entry that will be deleted; completes when this node no longer writes it. */
    synchronized CompletableFuture<Void> forget(EntryKey key) {
        Written there = known.remove(key);
        return there == null ? CompletableFuture.completedFuture(null) : there.done.handle((done, failure) -> null);
    }
}
