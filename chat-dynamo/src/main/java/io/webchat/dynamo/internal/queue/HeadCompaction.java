package io.webchat.dynamo.internal.queue;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What is written beside the head item of a queue, before it: where the head item would grow too large, what it has of
 * earlier events becomes items of their own; items of events that the head item says are unlinked are deleted. When the
 * head item is not written then, because the node died, another one does all of this once more.
 */
record HeadCompaction(QueueItems items, WriteRound round, QueueState base, QueueState result) {
    /** How many items are deleted at once. */
    static final int MAX_DELETES = 100;
    /** How many deletable items are worth a write of the head item of their own. */
    static final int MANY = 25;
    /** Up to about one write unit. */
    static final int MAX_HEAD = 950;
    /** Where time is short: above this, copying takes less of it than writing the head item. */
    static final int MAX_HURRIED_HEAD = 64 * 1024;

    /** Whether enough is to be deleted to do it without waiting for another step. */
    static boolean due(QueueState state) {
        return state.sweepable() - state.swept >= MANY;
    }

    /** The requests; the result no longer has what they, or those of an earlier attempt, take over. */
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

    /** Only what is in the table already: what this round appends may get other Seqs yet. */
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

    /** How many of those that the head item had are items of their own. */
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
