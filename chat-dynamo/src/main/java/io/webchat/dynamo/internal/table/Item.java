package io.webchat.dynamo.internal.table;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Builds items, and reads attributes of items that DynamoDB returned as maps. */
public final class Item {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    private Item() {}

    /** The start of an item with this key. */
    public static Item of(String pk, String sk) {
        return new Item().with(TableKeys.PK, pk).with(TableKeys.SK, sk);
    }

    /** The key of one item. */
    public static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(TableKeys.PK, text(pk), TableKeys.SK, text(sk));
    }

    /** The key of this item. */
    public static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return key(text(item, TableKeys.PK), text(item, TableKeys.SK));
    }

    /** Sets a text. */
    public Item with(String name, String value) {
        attributes.put(name, text(value));
        return this;
    }

    /** Sets a number. */
    public Item with(String name, long value) {
        attributes.put(name, number(value));
        return this;
    }

    /** The item as the SDK takes it. */
    public Map<String, AttributeValue> map() {
        return attributes;
    }

    /** A text. */
    public static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** A number. */
    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** The text of an attribute that every item of this kind has. */
    public static String text(Map<String, AttributeValue> item, String name) {
        String value = textOrNull(item, name);
        if (value == null) {
            throw new IllegalStateException(
                    "item " + item.get(TableKeys.PK) + " " + item.get(TableKeys.SK) + " has no attribute " + name);
        }
        return value;
    }

    /** The text of an attribute, null if the item does not have it. */
    public static @Nullable String textOrNull(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    /** The number in an attribute, 0 if the item does not have it. */
    public static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }
}
