package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An entry as it is in the table.
 *
 * @param state what it holds
 * @param writtenAt when its last message was written to it, by some node's clock, Unix milliseconds
 */
record StoredEntry(EntryState state, long writtenAt) {
    static final StoredEntry NOTHING = new StoredEntry(EntryState.NONE, 0);

    /** Many times what an entry may be behind its conversation, since clocks differ. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    static StoredEntry of(Map<String, AttributeValue> item) {
        return new StoredEntry(EntryState.of(item), Item.number(item, EntryState.WRITTEN_AT));
    }

    /** Whether some node may have a later message in mind, which it has not written here yet. */
    boolean mayBeBehind(Clock clock) {
        return writtenAt >= clock.millis() - LATELY.toMillis();
    }
}
