package io.webchat.dynamo.internal.calllog;

import io.webchat.core.ids.UserId;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells which messages of others a reader may have unread.
 *
 * @param joinedAt the time of joining the room, Unix milliseconds; 0 for a 1:1 conversation
 * @param room whether it is a room, in which system messages do not count
 * @param blocked the authors whose messages do not count
 */
record UnreadRule(long joinedAt, boolean room, Set<UserId> blocked) {
    static final UnreadRule DIRECT = new UnreadRule(0, false, Set.of());

    static UnreadRule inRoom(long joinedAt, Set<UserId> blocked) {
        return new UnreadRule(joinedAt, true, blocked);
    }

    /** Whether this item counts, which has at least its key and {@link MessageItems#SYSTEM}. */
    boolean counts(Map<String, AttributeValue> item) {
        return !room || !(item.containsKey(MessageItems.SYSTEM) || isBlocked(item));
    }

    boolean isBlocked(Map<String, AttributeValue> item) {
        return blocked.contains(MessageItems.place(item).author());
    }
}
