package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How long things are kept. DynamoDB deletes what has expired within days, so readers leave it out themselves.
 *
 * @param period how long, null for ever
 * @param clock tells what has expired
 */
record Retention(@Nullable Duration period, Clock clock) {
    /** Marks the item so that DynamoDB deletes it that long after this time. */
    Item mark(Item item, long since) {
        return period == null ? item : item.with(TableKeys.EXPIRES, expiry(since, period));
    }

    private static long expiry(long since, Duration period) {
        return (since + period.toMillis()) / 1000;
    }

    /** When something of this time expires, Unix seconds; 0 for never. */
    long expiry(long since) {
        return period == null ? 0 : expiry(since, period);
    }

    /** What was stored up to then has expired, whether or not it is still there; 0 where nothing has. */
    long expiredUpTo() {
        return period == null ? 0 : clock.millis() - period.toMillis();
    }

    boolean expired(Map<String, AttributeValue> item) {
        long expiry = Item.number(item, TableKeys.EXPIRES);
        return expiry > 0 && expiry <= seconds();
    }

    /** Now, Unix seconds. */
    long seconds() {
        return clock.millis() / 1000;
    }
}
