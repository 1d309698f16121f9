package io.webchat.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One UpdateItem that raises an entry, on the condition that none of what it writes is there already or higher. */
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
     * @param change what is to be raised; not empty
     * @param there what is there, and the change is all above; null where that is not known, and then the change must
     *     hide nothing
     */
    static EntryUpdate of(EntryKey key, EntryState change, @Nullable StoredEntry there, Retention retention) {
        EntryUpdate update = new EntryUpdate();
        long now = retention.clock().millis();
        change.marks().forEach((name, time) -> update.raise(name, Item.number(time)));
        Last last = change.last();
        if (last != null) {
            update.raise(EntryState.LAST_KEY, Item.text(last.key()));
            update.set(EntryState.LAST_EVENT, Item.text(last.event()));
            update.set(EntryState.WRITTEN_AT, Item.number(now));
        }
        if (retention.expiry(now) > 0) {
            update.set(Keys.EXPIRES, Item.number(retention.expiry(now)));
        }
        if (!key.conversation().isDirect()) {
            update.listAt(key, 0);
        } else if (there == null) {
            update.list(key, last);
        } else if (last != null || change.hidden() > 0) {
            update.list(key, there.state(), there.state().raised(change), there.mayBeBehind(retention.clock()));
        }
        return update;
    }

    void fill(EntryKey key, UpdateItemRequest.Builder request) {
        String expression = "SET " + String.join(", ", sets);
        request.key(key.key())
                .updateExpression(
                        unlisted ? expression + " REMOVE " + Keys.INDEX_PK + ", " + Keys.INDEX_SK : expression)
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    /** Listed by its new last message, which must not be hidden. */
    private void list(EntryKey key, @Nullable Last last) {
        if (last != null) {
            long time = last.place().storedAt();
            listAt(key, time);
            values.put(":time", Item.number(time));
            conditions.add(unless(EntryState.HIDDEN, "< :time"));
        }
    }

    private void list(EntryKey key, EntryState there, EntryState then, boolean mayBeBehind) {
        Last last = then.last();
        if (last != null && then.visible()) {
            listAt(key, last.place().storedAt());
        } else {
            // One that may be behind stays listed, so that readers look whether its conversation has something new.
            unlisted = !mayBeBehind;
        }
        Last before = there.last();
        unchanged(EntryState.LAST_KEY, before == null ? null : Item.text(before.key()));
        unchanged(EntryState.HIDDEN, there.hidden() == 0 ? null : Item.number(there.hidden()));
    }

    private void listAt(EntryKey key, long lastAt) {
        set(Keys.INDEX_PK, Item.text(key.indexPk()));
        set(Keys.INDEX_SK, Item.text(key.indexSk(lastAt)));
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

    private void unchanged(String name, @Nullable AttributeValue value) {
        names.put("#" + name, name);
        if (value == null) {
            conditions.add("attribute_not_exists(#" + name + ")");
        } else {
            values.put(":" + name + "Before", value);
            conditions.add("#" + name + " = :" + name + "Before");
        }
    }

    private String unless(String name, String comparison) {
        names.put("#" + name, name);
        return "(attribute_not_exists(#" + name + ") OR #" + name + " " + comparison + ")";
    }
}
