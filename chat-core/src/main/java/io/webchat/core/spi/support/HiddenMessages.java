package io.webchat.core.spi.support;

import io.webchat.core.calllog.MessagePosition;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation that a user has hidden. Those of the last seconds are named one by one. So a message
 * that was on its way to the call log at that moment stays visible.
 *
 * <p>Adding only ever hides more, in any order and repeatedly with the same result.
 *
 * @param upTo the position up to which all messages are hidden; null for none
 * @param single hidden messages behind it, at most {@link #MAX_SINGLE}; if there are more, {@code upTo} rises
 */
public record HiddenMessages(@Nullable MessagePosition upTo, Set<MessagePosition> single) {
    /** The largest number of messages that are named one by one. */
    public static final int MAX_SINGLE = 100;

    /** Nothing is hidden. */
    public static final HiddenMessages NONE = new HiddenMessages(null, Set.of());

    /** Leaves out the single messages that {@code upTo} includes. */
    public HiddenMessages {
        TreeSet<MessagePosition> behind = new TreeSet<>(single);
        if (upTo != null) {
            behind = new TreeSet<>(behind.tailSet(upTo, false));
        }
        Iterator<MessagePosition> oldest = behind.iterator();
        while (behind.size() > MAX_SINGLE) {
            upTo = oldest.next();
            oldest.remove();
        }
        single = Set.copyOf(behind);
    }

    /**
     * Hides the messages up to the last one of a user's list.
     *
     * @param last the position of that message
     * @param recorded the positions of the messages that the call log has now; only those behind {@link
     *     LateMessages#settledBefore} count
     */
    public static HiddenMessages upTo(MessagePosition last, Collection<MessagePosition> recorded) {
        Set<MessagePosition> single = new TreeSet<>(recorded);
        single.removeIf(each -> each.isBehind(last));
        return new HiddenMessages(LateMessages.settledBefore(last), single);
    }

    /** Whether the message at this position is hidden. */
    public boolean contains(MessagePosition message) {
        return (upTo != null && !message.isBehind(upTo)) || single.contains(message);
    }

    /** Returns the messages that one of both hides. */
    public HiddenMessages plus(HiddenMessages other) {
        Set<MessagePosition> both = new TreeSet<>(single);
        both.addAll(other.single);
        return new HiddenMessages(MessagePosition.later(upTo, other.upTo), both);
    }
}
