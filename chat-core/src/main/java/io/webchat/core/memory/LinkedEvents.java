package io.webchat.core.memory;

import io.webchat.core.ChatEvent;
import io.webchat.core.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The linked list of a queue: events in Seq order, the oldest at the head, with an index by Seq. Appending, removing
 * the head and finding a Seq take constant time. Not safe for use by several threads.
 */
final class LinkedEvents {
    private static final class Node {
        final Envelope envelope;

        @Nullable
        Node next;

        Node(Envelope envelope) {
            this.envelope = envelope;
        }
    }

    private final Map<Long, Node> bySeq = new HashMap<>();
    private @Nullable Node head;
    private @Nullable Node tail;
    private long next;

    /** Makes an empty list whose first event gets this Seq. */
    LinkedEvents(long firstSeq) {
        next = firstSeq;
    }

    Envelope append(long storedAt, ChatEvent event) {
        Node node = new Node(Envelope.stored(next++, storedAt, event));
        if (tail == null) {
            head = node;
        } else {
            tail.next = node;
        }
        tail = node;
        bySeq.put(node.envelope.seq(), node);
        return node.envelope;
    }

    void unlinkHead() {
        Node gone = head;
        if (gone != null) {
            bySeq.remove(gone.envelope.seq());
            head = gone.next;
            if (head == null) {
                tail = null;
            }
        }
    }

    /** Returns up to {@code limit} events behind {@code after}. */
    List<Envelope> behind(long after, int limit) {
        List<Envelope> found = new ArrayList<>(Math.min(limit, bySeq.size()));
        Node at = after < first() ? head : bySeq.get(after + 1);
        while (at != null && found.size() < limit) {
            found.add(at.envelope);
            at = at.next;
        }
        return found;
    }

    @Nullable
    Envelope oldest() {
        return head == null ? null : head.envelope;
    }

    /** Returns the Seq of the oldest event; of the next one for an empty list. */
    long first() {
        return head == null ? next : head.envelope.seq();
    }

    long next() {
        return next;
    }

    int size() {
        return bySeq.size();
    }
}
