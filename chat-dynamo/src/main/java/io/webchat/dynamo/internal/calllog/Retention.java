package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How long messages are kept. DynamoDB deletes expired items only after days, so readers leave them out themselves.
 *
 * @param period the time to keep, null means for ever
 * @param clock tells which items have expired
 */
record Retention(@Nullable Duration period, Clock clock) {
    /** Lets DynamoDB delete the item after the period, counted from this time. */
    Item mark(Item item, long since) {
        return period == null ? item : item.with(TableKeys.EXPIRES, expiry(since, period));
    }

    private static long expiry(long since, Duration period) {
        return (since + period.toMillis()) / 1000;
    }

    /** The expiry of an item of this time in Unix seconds; 0 means never. */
    long expiry(long since) {
        return period == null ? 0 : expiry(since, period);
    }

    /** Messages stored up to this time have expired, even if DynamoDB still has them; 0 if no message expires. */
    long expiredUpTo() {
        return period == null ? 0 : clock.millis() - period.toMillis();
    }

    boolean expired(Map<String, AttributeValue> item) {
        long expiry = Item.number(item, TableKeys.EXPIRES);
        return expiry > 0 && expiry <= seconds();
    }

    /** The current time in Unix seconds. */
    long seconds() {
        return clock.millis() / 1000;
    }
}
