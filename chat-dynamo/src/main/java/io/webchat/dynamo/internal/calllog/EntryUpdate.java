package io.webchat.dynamo.internal.calllog;

import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One UpdateItem that raises the marks of an entry, on the condition that each of them becomes later. */
final class EntryUpdate {
    private final List<String> sets = new ArrayList<>();
    private final Set<String> conditions = new LinkedHashSet<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> removes = new ArrayList<>();

    private EntryUpdate() {}

    /**
     * The update that makes the change.
     *
     * @param change the marks to raise and the messages to hide; not empty
     * @param there the current entry, beyond which all of the change goes; null if it is unknown, and the change must
     *     hide nothing then
     */
    static EntryUpdate of(EntryKey key, EntryState change, @Nullable StoredEntry there, Retention retention) {
        EntryUpdate update = new EntryUpdate();
        long now = retention.clock().millis();
        change.marks().forEach((name, value) -> update.raise(name, Item.text(value)));
        String last = change.last();
        if (!last.isEmpty()) {
            update.set(EntryState.WRITTEN_AT, Item.number(now));
        }
        // The entry is not written for each message, so it expires later than messages of its own time.
        long expiry = retention.expiry(now + ListPositionWriter.MAX_LAG.toMillis());
        if (expiry > 0) {
            update.set(TableKeys.EXPIRES, Item.number(expiry));
        }
        if (there != null && change.hides()) {
            update.hideSingly(there.state(), there.state().raised(change));
        }
        if (!key.conversation().isDirect()) {
            update.listAt(key, "");
        } else if (there == null) {
            update.list(key, last);
        } else if (!last.isEmpty() || change.hides()) {
            update.list(key, there.state(), there.state().raised(change), there.mayBeBehind(retention.clock()));
        }
        return update;
    }

    void fill(EntryKey key, UpdateItemRequest.Builder request) {
        String expression = sets.isEmpty() ? "" : "SET " + String.join(", ", sets);
        request.key(key.key())
                .updateExpression(removes.isEmpty() ? expression : expression + " REMOVE " + String.join(", ", removes))
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    /** Lists the entry by its new last message, which must not be hidden. */
    private void list(EntryKey key, String last) {
        if (!last.isEmpty()) {
            listAt(key, last);
            values.put(":end", Item.text(CallLogKeys.endOf(last)));
            conditions.add(unless(EntryState.HIDDEN, "< :end"));
        }
    }

    private void list(EntryKey key, EntryState there, EntryState then, boolean mayBeBehind) {
        if (then.visible()) {
            listAt(key, then.last());
        } else if (!mayBeBehind) {
            // An entry that may be behind stays listed, so that readers look for new messages of its conversation.
            removes.addAll(List.of(TableKeys.INDEX_PK, TableKeys.INDEX_SK));
        }
        unchanged(EntryState.LAST, there.last());
        unchanged(EntryState.HIDDEN, there.hiddenUpTo());
    }

    private void hideSingly(EntryState there, EntryState then) {
        String name = EntryState.HIDDEN_SINGLY;
        AttributeValue before = AttributeValue.fromSs(List.copyOf(there.hiddenSingly()));
        unchanged(name, there.hiddenSingly().isEmpty() ? null : before);
        unchanged(EntryState.HIDDEN, there.hiddenUpTo());
        if (then.hiddenSingly().isEmpty()) {
            removes.add("#" + name);
        } else {
            set(name, AttributeValue.fromSs(List.copyOf(then.hiddenSingly())));
        }
        if (then.hiddenUpTo().compareTo(there.hiddenUpTo()) > 0) {
            // Also raised when the number of single messages has reached its bound.
            set(EntryState.HIDDEN, Item.text(then.hiddenUpTo()));
        }
    }

    private void listAt(EntryKey key, String lastAt) {
        set(TableKeys.INDEX_PK, Item.text(key.indexPk()));
        set(TableKeys.INDEX_SK, Item.text(key.indexSk(lastAt)));
    }

    private void set(String name, AttributeValue value) {
        names.put("#" + name, name);
        if (values.put(":" + name, value) == null) {
            sets.add("#" + name + " = :" + name);
        }
    }

    private void raise(String name, AttributeValue value) {
        set(name, value);
        conditions.add(unless(name, "< :" + name));
    }

    private void unchanged(String name, String before) {
        unchanged(name, before.isEmpty() ? null : Item.text(before));
    }

    private void unchanged(String name, @Nullable AttributeValue before) {
        names.put("#" + name, name);
        if (before == null) {
            conditions.add("attribute_not_exists(#" + name + ")");
        } else {
            values.put(":" + name + "Before", before);
            conditions.add("#" + name + " = :" + name + "Before");
        }
    }

    private String unless(String name, String comparison) {
        names.put("#" + name, name);
        return "(attribute_not_exists(#" + name + ") OR #" + name + " " + comparison + ")";
    }
}
