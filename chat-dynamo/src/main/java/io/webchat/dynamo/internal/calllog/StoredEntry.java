package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An entry as the table has it.
 *
 * @param state its marks
 * @param writtenAt the time at which its last message was written, by the clock of some node, Unix milliseconds
 */
record StoredEntry(EntryState state, long writtenAt) {
    static final StoredEntry NOTHING = new StoredEntry(EntryState.NONE, 0);

    /** Many times {@link ListPositionWriter#MAX_LAG}, because clocks differ. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    static StoredEntry of(Map<String, AttributeValue> item) {
        return new StoredEntry(EntryState.of(item), Item.number(item, EntryState.WRITTEN_AT));
    }

    /** Whether the conversation may have a later message that is not in this entry yet. */
    boolean mayBeBehind(Clock clock) {
        return writtenAt >= clock.millis() - LATELY.toMillis();
    }
}
