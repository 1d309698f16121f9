package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One UpdateItem that raises the times of an entry, on the condition that each of them becomes later. */
final class EntryUpdate {
    private final List<String> sets = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private boolean unlisted;

    private EntryUpdate() {}

    /**
     * The update that makes the change.
     *
     * @param change the times to raise; not empty
     * @param there the current entry, whose times are all earlier than those of the change; null if it is unknown, and
     *     the change must not hide the conversation then
     */
    static EntryUpdate of(EntryKey key, EntryState change, @Nullable StoredEntry there, Retention retention) {
        EntryUpdate update = new EntryUpdate();
        long now = retention.clock().millis();
        change.marks().forEach((name, time) -> update.raise(name, Item.number(time)));
        long last = change.last();
        if (last > 0) {
            update.set(EntryState.WRITTEN_AT, Item.number(now));
        }
        // The entry is not written for each message, so it expires later than messages of its own time.
        long expiry = retention.expiry(now + ListPositionWriter.MAX_LAG.toMillis());
        if (expiry > 0) {
            update.set(TableKeys.EXPIRES, Item.number(expiry));
        }
        if (!key.conversation().isDirect()) {
            update.listAt(key, 0);
        } else if (there == null) {
            update.list(key, last);
        } else if (last > 0 || change.hidden() > 0) {
            update.list(key, there.state(), there.state().raised(change), there.mayBeBehind(retention.clock()));
        }
        return update;
    }

    void fill(EntryKey key, UpdateItemRequest.Builder request) {
        String expression = "SET " + String.join(", ", sets);
        request.key(key.key())
                .updateExpression(
                        unlisted
                                ? expression + " REMOVE " + TableKeys.INDEX_PK + ", " + TableKeys.INDEX_SK
                                : expression)
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    /** Lists the entry by its new last message, which must not be hidden. */
    private void list(EntryKey key, long last) {
        if (last > 0) {
            listAt(key, last);
            values.put(":time", Item.number(last));
            conditions.add(unless(EntryState.HIDDEN, "< :time"));
        }
    }

    private void list(EntryKey key, EntryState there, EntryState then, boolean mayBeBehind) {
        if (then.visible()) {
            listAt(key, then.last());
        } else {
            // An entry that may be behind stays listed, so that readers look for new messages of its conversation.
            unlisted = !mayBeBehind;
        }
        unchanged(EntryState.LAST, there.last());
        unchanged(EntryState.HIDDEN, there.hidden());
    }

    private void listAt(EntryKey key, long lastAt) {
        set(TableKeys.INDEX_PK, Item.text(key.indexPk()));
        set(TableKeys.INDEX_SK, Item.text(key.indexSk(lastAt)));
    }

    private void set(String name, AttributeValue value) {
        names.put("#" + name, name);
        values.put(":" + name, value);
        sets.add("#" + name + " = :" + name);
    }

    private void raise(String name, AttributeValue value) {
        set(name, value);
        conditions.add(unless(name, "< :" + name));
    }

    private void unchanged(String name, long time) {
        names.put("#" + name, name);
        if (time == 0) {
            conditions.add("attribute_not_exists(#" + name + ")");
        } else {
            values.put(":" + name + "Before", Item.number(time));
            conditions.add("#" + name + " = :" + name + "Before");
        }
    }

    private String unless(String name, String comparison) {
        names.put("#" + name, name);
        return "(attribute_not_exists(#" + name + ") OR #" + name + " " + comparison + ")";
    }
}
