package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events of a queue that have the content of a message: the message, and its edits. Adding and removing an
 * event takes constant time. Not safe for use by several threads.
 */
final class MessageContents {
    /** A message in a queue. Copies of an author's messages to several users may have the same id. */
    private record Key(UserId from, UserId to, MessageId id) {
        static Key of(Amendment amendment) {
            MessageRef about = amendment.about();
            return new Key(about.from(), amendment.recipientOfMessage(), about.id());
        }
    }

    /** The last of the linked events of each message. */
    private final Map<Key, QueueNode> last = new HashMap<>();

    private static @Nullable Key key(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            return new Key(message.from(), message.to(), message.id());
        }
        return event instanceof Amendment amendment && amendment.change() instanceof Amendment.Edit
                ? Key.of(amendment)
                : null;
    }

    /** Notes an event; does nothing for one without content of a message. */
    void add(QueueNode node) {
        Key key = key(node.envelope.event());
        if (key != null) {
            QueueNode before = last.put(key, node);
            node.before = before;
            node.behind = null;
            if (before != null) {
                before.behind = node;
            }
        }
    }

    /** Forgets an event that was added. */
    void remove(QueueNode node) {
        Key key = key(node.envelope.event());
        if (key == null) {
            return;
        }
        QueueNode before = node.before;
        QueueNode behind = node.behind;
        if (before != null) {
            before.behind = behind;
        }
        if (behind != null) {
            behind.before = before;
        } else if (before != null) {
            last.put(key, before);
        } else {
            last.remove(key);
        }
        node.before = null;
        node.behind = null;
    }

    /** Returns the events with content of this amendment's message, the last one first. */
    List<QueueNode> of(Amendment amendment) {
        List<QueueNode> all = new ArrayList<>(1);
        for (QueueNode at = last.get(Key.of(amendment)); at != null; at = at.before) {
            all.add(at);
        }
        return all;
    }

    void clear() {
        last.clear();
    }
}
