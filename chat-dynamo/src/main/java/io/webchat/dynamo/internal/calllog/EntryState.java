package io.webchat.dynamo.internal.calllog;

import io.webchat.core.MessageStatus;
import io.webchat.core.Watermarks;
import io.webchat.dynamo.internal.table.Item;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an entry holds, or what is to become of it: since everything only grows, both are the same, and bringing them
 * together in any order and any number of times ends the same way.
 *
 * @param marks times by the names of their attributes, as far as there are any
 */
record EntryState(Map<String, Long> marks) {
    static final EntryState NONE = new EntryState(Map.of());

    static final String LAST = "last";
    static final String HIDDEN = "hidden";
    /** When {@link #LAST} was raised, by a node's clock. */
    static final String WRITTEN_AT = "written";

    private static final String SENT = "s";
    private static final String RECEIVED = "r";
    private static final String NOTHING_UNREAD = "own";
    private static final String[] MARKS = {"sv", "sd", "rv", "rd", LAST, HIDDEN, NOTHING_UNREAD};

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
            case DELIVERED -> new EntryState(Map.of(side + "v", upTo));
            case DISPLAYED -> new EntryState(Map.of(side + "d", upTo));
        };
    }

    /** The 1:1 conversation has a message of that time: see {@link ListPositionWriter} for how late this may be. */
    static EntryState last(long storedAt) {
        return new EntryState(Map.of(LAST, storedAt));
    }

    static EntryState hidden(long upTo) {
        return new EntryState(Map.of(HIDDEN, upTo));
    }

    /** What the user has not displayed of what others wrote is all behind that time. */
    static EntryState nothingUnread(long upTo) {
        return new EntryState(Map.of(NOTHING_UNREAD, upTo));
    }

    static EntryState of(Map<String, AttributeValue> item) {
        Map<String, Long> marks = new HashMap<>();
        for (String name : MARKS) {
            if (item.containsKey(name)) {
                marks.put(name, Item.number(item, name));
            }
        }
        return new EntryState(marks);
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Both together. */
    EntryState raised(EntryState other) {
        Map<String, Long> both = new HashMap<>(marks);
        other.marks.forEach((name, time) -> both.merge(name, time, Math::max));
        return new EntryState(both);
    }

    /** What of this is higher than there. */
    EntryState above(EntryState there) {
        Map<String, Long> higher = new HashMap<>(marks);
        higher.entrySet().removeIf(each -> each.getValue() <= there.mark(each.getKey()));
        return new EntryState(higher);
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

    /** The last message that this is about; 0 where there is none. */
    long last() {
        return mark(LAST);
    }

    long hidden() {
        return mark(HIDDEN);
    }

    /** Up to here there is nothing to count. */
    long nothingUnread() {
        return mark(NOTHING_UNREAD);
    }

    /** Whether there is a message that the user has not hidden. */
    boolean visible() {
        return last() > hidden();
    }
}
