package io.webchat.dynamo.internal.calllog;

import io.webchat.core.MessageStatus;
import io.webchat.core.Watermarks;
import io.webchat.dynamo.internal.table.Item;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The state of an entry, or a change of it: times that only grow.
 * Changes can be applied in any order and repeatedly, with the same result.
 *
 * @param marks times by the names of their attributes; an attribute without a time is absent
 */
record EntryState(Map<String, Long> marks) {
    static final EntryState NONE = new EntryState(Map.of());

    static final String LAST = "last";
    static final String HIDDEN = "hidden";
    /** The time at which {@link #LAST} was raised, by the clock of the node that did it. */
    static final String WRITTEN_AT = "written";

    private static final String SENT = "s";
    private static final String RECEIVED = "r";
    private static final String NOTHING_UNREAD = "own";
    private static final String[] MARKS = {"sv", "sd", "rv", "rd", LAST, HIDDEN, NOTHING_UNREAD};

    EntryState {
        marks = Map.copyOf(marks);
    }

    /** The messages of the user have this status up to this time. */
    static EntryState sent(MessageStatus status, long upTo) {
        return marked(SENT, status, upTo);
    }

    /** The messages of others have this status with the user up to this time. */
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

    /** The 1:1 conversation has a message of this time. {@link ListPositionWriter} tells how late this may be. */
    static EntryState last(long storedAt) {
        return new EntryState(Map.of(LAST, storedAt));
    }

    static EntryState hidden(long upTo) {
        return new EntryState(Map.of(HIDDEN, upTo));
    }

    /** Up to this time the user has no unread messages. */
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

    /** The later time of each mark. */
    EntryState raised(EntryState other) {
        Map<String, Long> both = new HashMap<>(marks);
        other.marks.forEach((name, time) -> both.merge(name, time, Math::max));
        return new EntryState(both);
    }

    /** The marks of this state that are later than those of the other one. */
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

    /** The time of the last message; 0 if there is none. */
    long last() {
        return mark(LAST);
    }

    long hidden() {
        return mark(HIDDEN);
    }

    /** The time up to which the user has no unread messages. */
    long nothingUnread() {
        return mark(NOTHING_UNREAD);
    }

    /** Whether there is a message that the user has not hidden. */
    boolean visible() {
        return last() > hidden();
    }
}
