package io.webchat.dynamo;

import io.webchat.core.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What is written beside the head item of a queue, before it: where the head item would grow too large, what it has of
 * earlier events becomes items of their own; items of events that the head item says are unlinked are deleted. When the
 * head item is not written then, because the node died or another one was faster, all of this is done once more.
 */
record QueueChores(QueueItems items, UserId user, QueueState base, QueueState result) {
    /** How many items are deleted at once. */
    static final int MAX_DELETES = 100;
    /** How many deletable items are worth a write of the head item of their own. */
    static final int MANY = 25;
    /** Up to about one write unit. */
    static final int MAX_HEAD = 950;

    /** Whether enough is to be deleted to do it without waiting for another step. */
    static boolean due(QueueState state) {
        return state.sweepable() - state.swept >= MANY;
    }

    /** The requests; the result no longer has what they take over. */
    List<WriteRequest> requests(long millis) {
        Map<String, WriteRequest> writes = new LinkedHashMap<>();
        sweep(writes);
        if (QueueItems.bytes(result) > MAX_HEAD && !base.recent.isEmpty()) {
            spill(writes, millis);
        }
        return List.copyOf(writes.values());
    }

    private void sweep(Map<String, WriteRequest> writes) {
        long to = Math.min(base.sweepable(), base.swept + MAX_DELETES);
        for (long seq = base.swept; seq < to; seq++) {
            String sk = Keys.event(seq);
            Map<String, AttributeValue> key = Item.key(Keys.queue(user), sk);
            writes.put(
                    sk,
                    WriteRequest.builder()
                            .deleteRequest(delete -> delete.key(key))
                            .build());
        }
        result.swept = Math.max(base.swept, to);
    }

    /** Only what is in the table already: what this round appends may get other Seqs yet. */
    private void spill(Map<String, WriteRequest> writes, long millis) {
        long known = millis - items.limits().dedupeWindow().toMillis();
        boolean clean = result.swept == base.recentFrom();
        for (QueueEntry entry : base.recent) {
            if (entry.storedAt() >= known) {
                put(writes, items.sent(user, entry));
            }
            if (entry.seq() >= result.first) {
                put(writes, items.event(user, entry));
            }
        }
        result.recent.subList(0, base.recent.size()).clear();
        if (clean) {
            result.swept = Math.min(Math.max(result.first, base.recentFrom()), result.recentFrom());
        }
    }

    /** A batch must not name an item twice, and the later receipt of a message says more. */
    private static void put(Map<String, WriteRequest> writes, Map<String, AttributeValue> item) {
        writes.put(
                Item.text(item, Keys.SK),
                WriteRequest.builder().putRequest(put -> put.item(item)).build());
    }
}
