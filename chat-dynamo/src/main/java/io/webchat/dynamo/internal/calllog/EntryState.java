package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.spi.support.HiddenMessages;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The state of an entry, or a change of it: marks that only grow, and hidden messages that only get more. Changes can
 * be applied in any order and repeatedly, with the same result.
 *
 * @param marks positions and times as texts that sort like them, by the names of their attributes
 * @param hiddenSingly the hidden messages behind {@link #HIDDEN}, as {@link CallLogKeys#text}
 */
record EntryState(Map<String, String> marks, Set<String> hiddenSingly) {
    static final EntryState NONE = new EntryState(Map.of(), Set.of());

    static final String LAST = "last";
    static final String HIDDEN = "hidden";
    static final String HIDDEN_SINGLY = "hiddenToo";
    /** The time at which {@link #LAST} was raised, by the clock of the node that did it. */
    static final String WRITTEN_AT = "written";

    private static final String SENT = "s";
    private static final String RECEIVED = "r";
    private static final String NOTHING_UNREAD = "own";
    private static final String[] MARKS = {"sv", "sd", "rv", "rd", LAST, HIDDEN, NOTHING_UNREAD};

    EntryState {
        marks = Map.copyOf(marks);
        hiddenSingly = Set.copyOf(hiddenSingly);
    }

    /** The messages of the user have this status up to this position. */
    static EntryState sent(MessageStatus status, MessagePosition upTo) {
        return marked(SENT, status, upTo);
    }

    /** The messages of others have this status with the user up to this position. */
    static EntryState received(MessageStatus status, MessagePosition upTo) {
        return marked(RECEIVED, status, upTo);
    }

    private static EntryState marked(String side, MessageStatus status, MessagePosition upTo) {
        return switch (status) {
            case SENT -> NONE;
            case DELIVERED -> one(side + "v", CallLogKeys.text(upTo));
            case DISPLAYED -> one(side + "d", CallLogKeys.text(upTo));
        };
    }

    private static EntryState one(String name, String value) {
        return new EntryState(Map.of(name, value), Set.of());
    }

    /** The 1:1 conversation has a message of this time. {@link ListPositionWriter} tells how late this may be. */
    static EntryState last(long storedAt) {
        return one(LAST, TableKeys.time(storedAt));
    }

    static EntryState hidden(HiddenMessages hidden) {
        MessagePosition upTo = hidden.upTo();
        return new EntryState(
                upTo == null ? Map.of() : Map.of(HIDDEN, CallLogKeys.text(upTo)),
                hidden.single().stream().map(CallLogKeys::text).collect(Collectors.toSet()));
    }

    /** Up to this position, given as {@link CallLogKeys#text}, the user has no unread messages. */
    static EntryState nothingUnread(String upTo) {
        return one(NOTHING_UNREAD, upTo);
    }

    static EntryState of(Map<String, AttributeValue> item) {
        Map<String, String> marks = new HashMap<>();
        for (String name : MARKS) {
            if (item.containsKey(name)) {
                marks.put(name, Item.text(item, name));
            }
        }
        AttributeValue single = item.get(HIDDEN_SINGLY);
        return new EntryState(marks, single == null ? Set.of() : Set.copyOf(single.ss()));
    }

    boolean isEmpty() {
        return marks.isEmpty() && hiddenSingly.isEmpty();
    }

    /** The later value of each mark, and the hidden messages of both. */
    EntryState raised(EntryState other) {
        Map<String, String> both = new HashMap<>(marks);
        other.marks.forEach((name, value) -> both.merge(name, value, EntryState::later));
        if (hiddenSingly.isEmpty() && other.hiddenSingly.isEmpty()) {
            return new EntryState(both, Set.of());
        }
        EntryState hidden = hidden(hiddenMessages().plus(other.hiddenMessages()));
        both.putAll(hidden.marks);
        return new EntryState(both, hidden.hiddenSingly);
    }

    private static String later(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The part of this state that goes beyond the other one. */
    EntryState above(EntryState there) {
        Map<String, String> higher = new HashMap<>(marks);
        higher.entrySet().removeIf(each -> each.getValue().compareTo(there.mark(each.getKey())) <= 0);
        Set<String> single = new HashSet<>(hiddenSingly);
        single.removeAll(there.hiddenSingly);
        single.removeIf(each -> each.compareTo(there.mark(HIDDEN)) <= 0);
        return new EntryState(higher, single);
    }

    private String mark(String name) {
        return marks.getOrDefault(name, "");
    }

    private @Nullable MessagePosition position(String name) {
        String text = marks.get(name);
        return text == null ? null : CallLogKeys.ofText(text);
    }

    Watermarks sent() {
        return new Watermarks(position("sv"), position("sd"));
    }

    Watermarks received() {
        return new Watermarks(position("rv"), position("rd"));
    }

    /** The time of the last message as digits; empty if there is none. */
    String last() {
        return mark(LAST);
    }

    boolean hides() {
        return marks.containsKey(HIDDEN) || !hiddenSingly.isEmpty();
    }

    /** The position up to which all messages are hidden, as {@link CallLogKeys#text}; empty if there is none. */
    String hiddenUpTo() {
        return mark(HIDDEN);
    }

    HiddenMessages hiddenMessages() {
        return new HiddenMessages(
                position(HIDDEN), hiddenSingly.stream().map(CallLogKeys::ofText).collect(Collectors.toSet()));
    }

    /**
     * The position up to which the user has seen all messages of others or needs not see them, as {@link
     * CallLogKeys#text}; empty if there is none.
     */
    String seenUpTo() {
        return later(later(mark(RECEIVED + "d"), mark(NOTHING_UNREAD)), hiddenUpTo());
    }

    /** Whether there may be a message that the user has not hidden. */
    boolean visible() {
        String lastHidden = hiddenSingly.stream().reduce(hiddenUpTo(), EntryState::later);
        return !last().isEmpty() && CallLogKeys.endOf(last()).compareTo(lastHidden) > 0;
    }
}
