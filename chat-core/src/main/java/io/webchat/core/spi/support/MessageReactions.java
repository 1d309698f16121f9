package io.webchat.core.spi.support;

import io.webchat.core.events.Reaction;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The reactions to one message, for a call log. They are the same in whatever order the amendments were recorded.
 * Immutable.
 *
 * <p>It remembers the latest {@value #MAX_REMOVED} reactions that were taken back, so that one of them which is
 * recorded late does not come back.
 */
public final class MessageReactions {
    /** The largest number of reactions that were taken back and are remembered. */
    public static final int MAX_REMOVED = 32;

    /** No reactions. */
    public static final MessageReactions NONE = new MessageReactions(Map.of());

    /** One kind of reaction of one user. */
    private record Key(UserId user, String reaction) {}

    /**
     * The latest amendment of one user and kind.
     *
     * @param time its time in the call log, Unix milliseconds
     */
    private record Latest(long time, boolean removed) {
        boolean isBefore(Latest other) {
            return time < other.time || (time == other.time && !removed && other.removed);
        }
    }

    private static final Comparator<Map.Entry<Key, Latest>> ORDER = Comparator.comparingLong(
                    (Map.Entry<Key, Latest> each) -> each.getValue().time())
            .thenComparing(each -> each.getKey().user())
            .thenComparing(each -> each.getKey().reaction());

    private final Map<Key, Latest> latest;

    private MessageReactions(Map<Key, Latest> latest) {
        this.latest = latest;
    }

    /**
     * Returns the reactions after an amendment.
     *
     * @param remove whether the reaction is taken back
     * @param time the time of the amendment in the call log, Unix milliseconds
     */
    public MessageReactions with(UserId user, String reaction, boolean remove, long time) {
        Key key = new Key(user, reaction);
        Latest next = new Latest(time, remove);
        Latest there = latest.get(key);
        if (there != null && !there.isBefore(next)) {
            return this;
        }
        Map<Key, Latest> all = new HashMap<>(latest);
        all.put(key, next);
        if (remove) {
            forgetRemoved(all);
        }
        return new MessageReactions(all);
    }

    private static void forgetRemoved(Map<Key, Latest> all) {
        List<Map.Entry<Key, Latest>> removed = all.entrySet().stream()
                .filter(each -> each.getValue().removed())
                .sorted(ORDER)
                .toList();
        int excess = Math.max(0, removed.size() - MAX_REMOVED);
        removed.subList(0, excess).stream().map(Map.Entry::getKey).toList().forEach(all::remove);
    }

    /** Returns the reactions, the kind that was given first first. */
    public List<Reaction> reactions() {
        Map<String, List<UserId>> kinds = new LinkedHashMap<>();
        sorted().stream()
                .filter(each -> !each.getValue().removed())
                .forEach(each -> kinds.computeIfAbsent(each.getKey().reaction(), any -> new ArrayList<>())
                        .add(each.getKey().user()));
        return kinds.entrySet().stream()
                .map(each -> new Reaction(each.getKey(), each.getValue().size(), first(each.getValue())))
                .toList();
    }

    private static List<UserId> first(List<UserId> users) {
        return users.subList(0, Math.min(users.size(), Reaction.MAX_USERS));
    }

    private List<Map.Entry<Key, Latest>> sorted() {
        return latest.entrySet().stream().sorted(ORDER).toList();
    }

    /** Returns the reactions as a text, one line for each: a sign, the time, the user and the reaction. */
    public String toText() {
        return sorted().stream()
                .map(each -> (each.getValue().removed() ? "-" : "+")
                        + Long.toString(each.getValue().time(), Character.MAX_RADIX) + " "
                        + each.getKey().user() + " " + each.getKey().reaction())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Returns the reactions that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when it is another text
     */
    public static MessageReactions ofText(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<Key, Latest> all = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(" ", 3);
            if (parts.length < 3 || parts[0].length() < 2) {
                throw new IllegalArgumentException("not a list of reactions: " + line);
            }
            all.put(
                    new Key(UserId.of(parts[1]), parts[2]),
                    new Latest(Long.parseLong(parts[0].substring(1), Character.MAX_RADIX), parts[0].charAt(0) == '-'));
        }
        return new MessageReactions(all);
    }

    /** Whether there are none, and none are remembered. */
    public boolean isEmpty() {
        return latest.isEmpty();
    }

    /** About the heap that it takes, in bytes. */
    public long heap() {
        return 200L * latest.size();
    }
}
