package io.webchat.dynamo;

import io.webchat.core.MessageStatus;
import io.webchat.core.Watermarks;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an entry holds, or what is to become of it: since everything only grows, both are the same, and bringing them
 * together in any order and any number of times ends the same way.
 *
 * @param last the latest message, where it is a 1:1 conversation with messages
 * @param marks times by the names of their attributes, as far as there are any
 */
record EntryState(@Nullable Last last, Map<String, Long> marks) {
    static final EntryState NONE = new EntryState(null, Map.of());

    static final String LAST_KEY = "last";
    static final String LAST_EVENT = "event";
    /** When the latest message was written here, by a node's clock. */
    static final String WRITTEN_AT = "written";

    static final String HIDDEN = "hidden";

    private static final String SENT = "s";
    private static final String RECEIVED = "r";
    private static final String[] MARKS = {"sv", "sd", "rv", "rd", HIDDEN};

    EntryState {
        marks = Map.copyOf(marks);
    }

    /** What the user wrote has come so far. */
    static EntryState sent(MessageStatus status, long upTo) {
        return marked(SENT, status, upTo);
    }

    /** What others wrote has come so far with the user. */
    static EntryState received(MessageStatus status, long upTo) {
        return marked(RECEIVED, status, upTo);
    }

    private static EntryState marked(String side, MessageStatus status, long upTo) {
        return switch (status) {
            case SENT -> NONE;
            case DELIVERED -> new EntryState(null, Map.of(side + "v", upTo));
            case DISPLAYED -> new EntryState(null, Map.of(side + "d", upTo));
        };
    }

    static EntryState last(Last last) {
        return new EntryState(last, Map.of());
    }

    static EntryState hidden(long upTo) {
        return new EntryState(null, Map.of(HIDDEN, upTo));
    }

    static EntryState of(Map<String, AttributeValue> item) {
        Map<String, Long> marks = new HashMap<>();
        for (String name : MARKS) {
            if (item.containsKey(name)) {
                marks.put(name, Item.number(item, name));
            }
        }
        String key = Item.textOrNull(item, LAST_KEY);
        return new EntryState(key == null ? null : new Last(key, Item.text(item, LAST_EVENT)), marks);
    }

    boolean isEmpty() {
        return last == null && marks.isEmpty();
    }

    /** Both together. */
    EntryState raised(EntryState other) {
        Map<String, Long> both = new HashMap<>(marks);
        other.marks.forEach((name, time) -> both.merge(name, time, Math::max));
        return new EntryState(Last.later(last, other.last), both);
    }

    /** What of this is higher than there. */
    EntryState above(EntryState there) {
        Map<String, Long> higher = new HashMap<>(marks);
        higher.entrySet().removeIf(each -> each.getValue() <= there.mark(each.getKey()));
        return new EntryState(last != null && last.isAfter(there.last) ? last : null, higher);
    }

    private long mark(String name) {
        return marks.getOrDefault(name, 0L);
    }

    Watermarks sent() {
        return new Watermarks(mark("sv"), mark("sd"));
    }

    Watermarks received() {
        return new Watermarks(mark("rv"), mark("rd"));
    }

    long hidden() {
        return mark(HIDDEN);
    }

    /** Whether there is a message that the user has not hidden. */
    boolean visible() {
        return last != null && last.place().storedAt() > hidden();
    }
}
