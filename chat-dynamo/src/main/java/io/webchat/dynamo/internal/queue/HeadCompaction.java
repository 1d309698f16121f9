package io.webchat.dynamo.internal.queue;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Keeps the head item of a queue small, with writes that precede the write of the head item.
 *
 * <p>If the head item would grow too large, its earlier events become items of their own. Items of events that are
 * unlinked are deleted. If the node dies before it writes the head item, another node repeats all of this.
 */
record HeadCompaction(QueueItems items, WriteRound round, QueueState base, QueueState result) {
    /** The largest number of items to delete at once. */
    static final int MAX_DELETES = 100;
    /** The number of deletable items that justifies a write of the head item on its own. */
    static final int MANY = 25;
    /** The size of the head item up to which its write costs about one write unit, in bytes. */
    static final int MAX_HEAD = 950;
    /** The bound in a hurry: above it, copying events takes less time than writing the head item. */
    static final int MAX_HURRIED_HEAD = 64 * 1024;

    /** Whether so many items can be deleted that it is done without waiting for another step. */
    static boolean due(QueueState state) {
        return state.sweepable() - state.swept >= MANY;
    }

    /** The writes to carry out. Events that they, or those of an earlier attempt, copy are removed from the result. */
    List<WriteRequest> requests(long millis) {
        Map<String, WriteRequest> writes = new LinkedHashMap<>();
        result.swept = Math.max(base.swept, round.deletedTo);
        if (round.tidy()) {
            sweep(writes);
        }
        if (QueueItems.bytes(result) > (round.tidy() ? MAX_HEAD : MAX_HURRIED_HEAD)) {
            spill(writes, millis);
        }
        drop();
        return List.copyOf(writes.values());
    }

    private void sweep(Map<String, WriteRequest> writes) {
        long to = Math.min(base.sweepable(), result.swept + MAX_DELETES);
        for (long seq = result.swept; seq < to; seq++) {
            String sk = QueueKeys.event(seq);
            Map<String, AttributeValue> key = Item.key(QueueKeys.queue(round.user), sk);
            writes.put(
                    sk,
                    WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(key))
                            .build());
        }
        result.swept = Math.max(result.swept, to);
        round.deletedTo = result.swept;
    }

    /** Copies only events that are in the table already: those of this round may still get other Seqs. */
    private void spill(Map<String, WriteRequest> writes, long millis) {
        long known = millis - items.limits().dedupeWindow().toMillis();
        for (QueueEntry entry : base.recent.subList(copied(), base.recent.size())) {
            if (entry.storedAt() >= known) {
                put(writes, items.sent(round.user, entry));
            }
            if (entry.seq() >= result.first) {
                put(writes, items.event(round.user, entry));
            }
        }
        round.copiedFrom = Math.min(round.copiedFrom, result.first);
        round.copiedTo = base.next;
    }

    /** The number of events in the head item that are items of their own too. */
    private int copied() {
        return (int) Math.min(base.recent.size(), Math.max(0, round.copiedTo - base.recentFrom()));
    }

    private void drop() {
        boolean clean = result.swept == base.recentFrom();
        int copied = copied();
        result.recent.subList(0, copied).clear();
        if (clean && copied > 0) {
            result.swept = Math.min(Math.max(round.copiedFrom, base.recentFrom()), result.recentFrom());
        }
    }

    /** A batch must not name an item twice, and the later receipt of a message says more. */
    private static void put(Map<String, WriteRequest> writes, Map<String, AttributeValue> item) {
        writes.put(
                Item.text(item, TableKeys.SK),
                WriteRequest.builder().putRequest(put -> put.item(item)).build());
    }
}
