package io.webchat.dynamo.internal.calllog;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Moves a conversation up in its users' lists. An entry is written when a message is {@link #BEHIND} later than what
 * the entry says, before that message counts as recorded; until then it stays as it is. So an entry is never further
 * behind its conversation, whichever node was killed when: readers ask the conversation itself, and look that much
 * further down the list.
 */
final class ListPositionWriter {
    /** How far an entry may be behind its conversation, in the time of messages. The same on all nodes, for ever. */
    static final Duration BEHIND = Duration.ofMinutes(1);

    /** Those that are forgotten too early are written once more. */
    private static final int MAX_KNOWN = 50_000;

    private record Written(long storedAt, long nanos, CompletableFuture<Void> done) {
        /** Whether that entry is still near enough, for a message of this time. */
        boolean covers(long message) {
            return message < storedAt + BEHIND.toMillis() && System.nanoTime() - nanos < BEHIND.toNanos();
        }
    }

    private final EntryWriter writer;
    /** What this node has written lately, or is writing, in that order. Guarded by this. */
    private final LinkedHashMap<EntryKey, Written> known = new LinkedHashMap<>();

    ListPositionWriter(EntryWriter writer) {
        this.writer = writer;
    }

    /** Complete when the entry is near enough to a message of that time. */
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
            if (known.size() <= MAX_KNOWN && System.nanoTime() - each.nanos < BEHIND.toNanos()) {
                return;
            }
            eldest.remove();
        }
    }

    private synchronized void forget(EntryKey key, Written failed) {
        known.remove(key, failed);
    }

    /** The entry is about to be deleted; complete when this node is not writing it any more. */
    synchronized CompletableFuture<Void> forget(EntryKey key) {
        Written there = known.remove(key);
        return there == null ? CompletableFuture.completedFuture(null) : there.done.handle((done, failure) -> null);
    }
}
