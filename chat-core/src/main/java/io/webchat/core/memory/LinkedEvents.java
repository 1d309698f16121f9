package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The linked list of a queue: events in Seq order, the oldest at the head, with an index by Seq and one by message.
 * Appending, removing the head, finding a Seq and replacing the content of a message take a time that does not depend
 * on the length of the list. It counts the bytes of its events. Not safe for use by several threads.
 */
final class LinkedEvents {
    private final Map<Long, QueueNode> bySeq = new HashMap<>();
    private final MessageContents contents = new MessageContents();
    private final AuthorBytes authors;
    private @Nullable QueueNode head;
    private @Nullable QueueNode tail;
    private long next;
    private long bytes;

    /**
     * Makes an empty list whose first event gets this Seq.
     *
     * @param authors counts the heap that the events of this list take
     */
    LinkedEvents(long firstSeq, AuthorBytes authors) {
        next = firstSeq;
        this.authors = authors;
    }

    Envelope append(long epoch, long storedAt, ChatEvent event) {
        Envelope stored = Envelope.stored(epoch, next, storedAt, event);
        append(stored);
        return stored;
    }

    private void append(Envelope stored) {
        QueueNode node = new QueueNode(stored);
        if (tail == null) {
            head = node;
        } else {
            tail.next = node;
        }
        tail = node;
        bySeq.put(stored.seq(), node);
        contents.add(node);
        count(node, 1);
        next = stored.seq() + 1;
    }

    /** Replaces the whole list. The Seqs of the events are consecutive, the last one directly below {@code nextSeq}. */
    void relink(List<Envelope> events, long nextSeq) {
        for (QueueNode node = head; node != null; node = node.next) {
            count(node, -1);
        }
        bySeq.clear();
        contents.clear();
        head = null;
        tail = null;
        events.forEach(this::append);
        next = nextSeq;
    }

    /** Replaces events; each keeps its Seq and its time. */
    void replaceAll(Function<Envelope, ChatEvent> replacement) {
        for (QueueNode node = head; node != null; node = node.next) {
            replace(node, replacement.apply(node.envelope));
        }
    }

    /** Replaces the message of this amendment and the edits of it; each event keeps its Seq and its time. */
    void replaceContent(Amendment amendment, Function<Envelope, ChatEvent> replacement) {
        contents.of(amendment).forEach(node -> replace(node, replacement.apply(node.envelope)));
    }

    private void replace(QueueNode node, ChatEvent other) {
        Envelope before = node.envelope;
        if (!other.equals(before.event())) {
            contents.remove(node);
            count(node, -1);
            node.envelope = Envelope.stored(before.epoch(), before.seq(), before.storedAt(), other);
            count(node, 1);
            contents.add(node);
        }
    }

    /** Counts an event that is linked, for {@code sign} 1, or that goes, for -1. */
    private void count(QueueNode node, int sign) {
        long size = EventSize.of(node.envelope.event());
        bytes += sign * size;
        authors.add(node.author, sign * (HeapSize.QUEUED + size));
    }

    void unlinkHead() {
        QueueNode gone = head;
        if (gone != null) {
            bySeq.remove(gone.envelope.seq());
            contents.remove(gone);
            count(gone, -1);
            head = gone.next;
            if (head == null) {
                tail = null;
            }
        }
    }

    /** Returns up to {@code limit} events behind {@code after}. */
    List<Envelope> behind(long after, int limit) {
        List<Envelope> found = new ArrayList<>(Math.min(limit, bySeq.size()));
        QueueNode at = after < first() ? head : bySeq.get(after + 1);
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
