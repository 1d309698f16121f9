package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One conversation's messages and marks. Guarded by its own monitor. */
final class Conversation {
    /** Where a message stands: by time, and by author and id where two have the same time. */
    record Place(long storedAt, String author, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::storedAt)
                .thenComparing(Place::author)
                .thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Key(UserId author, MessageId id) {}

    private record Marks(long delivered, long displayed) {
        static final Marks NONE = new Marks(0, 0);

        Marks raised(MessageStatus status, long upTo) {
            return switch (status) {
                case SENT -> this;
                case DELIVERED -> new Marks(Math.max(delivered, upTo), displayed);
                case DISPLAYED -> new Marks(Math.max(delivered, upTo), Math.max(displayed, upTo));
            };
        }

        MessageStatus of(long storedAt) {
            if (storedAt <= displayed) {
                return MessageStatus.DISPLAYED;
            }
            return storedAt <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
        }
    }

    private final TreeMap<Place, ChatEvent.Message> messages = new TreeMap<>();
    private final Map<Key, Place> places = new HashMap<>();
    private final Map<UserId, Marks> marks = new HashMap<>();
    private final int max;

    Conversation(int max) {
        this.max = max;
    }

    void append(ChatEvent.Message message, long storedAt) {
        Place place = new Place(storedAt, message.from().value(), message.id().value());
        if (messages.putIfAbsent(place, message) != null) {
            return;
        }
        places.put(new Key(message.from(), message.id()), place);
        if (messages.size() > max) {
            Map.Entry<Place, ChatEvent.Message> oldest = messages.pollFirstEntry();
            places.remove(new Key(oldest.getValue().from(), oldest.getValue().id()), oldest.getKey());
        }
    }

    void mark(UserId reader, MessageStatus status, long upTo) {
        marks.merge(reader, Marks.NONE.raised(status, upTo), (old, now) -> old.raised(status, upTo));
    }

    Optional<LoggedMessage> find(UserId author, MessageId id) {
        Place place = places.get(new Key(author, id));
        return place == null ? Optional.empty() : Optional.of(logged(place, messages.get(place)));
    }

    /** Up to {@code limit} messages before the place, newest first. */
    List<LoggedMessage> before(@Nullable Place place, int limit) {
        NavigableMap<Place, ChatEvent.Message> older = place == null ? messages : messages.headMap(place, false);
        List<LoggedMessage> page = new ArrayList<>(Math.min(limit, older.size()));
        for (Map.Entry<Place, ChatEvent.Message> each : older.descendingMap().entrySet()) {
            if (page.size() == limit) {
                break;
            }
            page.add(logged(each.getKey(), each.getValue()));
        }
        return page;
    }

    @Nullable
    LoggedMessage last() {
        Map.Entry<Place, ChatEvent.Message> last = messages.lastEntry();
        return last == null ? null : logged(last.getKey(), last.getValue());
    }

    private LoggedMessage logged(Place place, ChatEvent.@Nullable Message message) {
        if (message == null) {
            throw new IllegalStateException("the index names a message that is not there: " + place);
        }
        Marks reader = marks.getOrDefault(message.to(), Marks.NONE);
        return new LoggedMessage(message, place.storedAt(), reader.of(place.storedAt()));
    }
}
