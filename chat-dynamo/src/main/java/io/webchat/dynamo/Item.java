package io.webchat.dynamo;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes and reads the maps that are DynamoDB's items. */
final class Item {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    private Item() {}

    /** An item that has this key. */
    static Item of(String pk, String sk) {
        return new Item().with(Keys.PK, pk).with(Keys.SK, sk);
    }

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(Keys.PK, text(pk), Keys.SK, text(sk));
    }

    /** The key of this item. */
    static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return key(text(item, Keys.PK), text(item, Keys.SK));
    }

    Item with(String name, String value) {
        attributes.put(name, text(value));
        return this;
    }

    Item with(String name, long value) {
        attributes.put(name, number(value));
        return this;
    }

    Map<String, AttributeValue> map() {
        return attributes;
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** An attribute that every item of the kind has. */
    static String text(Map<String, AttributeValue> item, String name) {
        String value = textOrNull(item, name);
        if (value == null) {
            throw new IllegalStateException(
                    "an item has no " + name + ": " + item.get(Keys.PK) + " " + item.get(Keys.SK));
        }
        return value;
    }

    static @Nullable String textOrNull(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    /** The number, 0 where there is none. */
    static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }
}
