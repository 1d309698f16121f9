package io.webchat.core.memory;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The linked list of a queue: events in Seq order, the oldest at the head, with an index by Seq. Appending, removing
 * the head and finding a Seq take constant time. It counts the bytes of its events. Not safe for use by several
 * threads.
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
    private long bytes;

    /** Makes an empty list whose first event gets this Seq. */
    LinkedEvents(long firstSeq) {
        next = firstSeq;
    }

    Envelope append(long epoch, long storedAt, ChatEvent event) {
        Envelope stored = Envelope.stored(epoch, next, storedAt, event);
        append(stored);
        return stored;
    }

    private void append(Envelope stored) {
        Node node = new Node(stored);
        if (tail == null) {
            head = node;
        } else {
            tail.next = node;
        }
        tail = node;
        bySeq.put(stored.seq(), node);
        bytes += EventSize.of(stored.event());
        next = stored.seq() + 1;
    }

    /** Replaces the whole list. The Seqs of the events are consecutive, the last one directly below {@code nextSeq}. */
    void relink(List<Envelope> events, long nextSeq) {
        bySeq.clear();
        head = null;
        tail = null;
        bytes = 0;
        events.forEach(this::append);
        next = nextSeq;
    }

    /** Replaces events; each keeps its Seq and its time. */
    void replaceAll(Function<Envelope, ChatEvent> replacement) {
        List<Envelope> all = all().stream()
                .map(each -> {
                    ChatEvent other = replacement.apply(each);
                    return other.equals(each.event())
                            ? each
                            : Envelope.stored(each.epoch(), each.seq(), each.storedAt(), other);
                })
                .toList();
        relink(all, next);
    }

    void unlinkHead() {
        Node gone = head;
        if (gone != null) {
            bySeq.remove(gone.envelope.seq());
            bytes -= EventSize.of(gone.envelope.event());
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

    List<Envelope> all() {
        return behind(0, size());
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

    /** Returns the bytes of all events together. */
    long bytes() {
        return bytes;
    }
}
