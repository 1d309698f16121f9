package io.webchat.core.memory;

import io.webchat.core.events.Envelope;
import io.webchat.core.events.LoggedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A list of events into which lost messages are put back. They stand before all events of the present epoch. Among the
 * events of earlier epochs that were never restored they stand by time, and behind all older events.
 */
final class RestoredList {
    private final long epoch;
    private final List<Envelope> linked = new ArrayList<>();

    /**
     * Links the messages.
     *
     * @param events the events in their order
     * @param unrestored the Seq of the first event of an epoch that was never restored
     * @param epoch the number of the present epoch
     * @param lost the messages in their order
     */
    RestoredList(List<Envelope> events, long unrestored, long epoch, List<LoggedEvent> lost) {
        this.epoch = epoch;
        Deque<LoggedEvent> rest = new ArrayDeque<>(lost);
        for (Envelope each : events) {
            while (!rest.isEmpty() && isBefore(rest.element(), each, unrestored)) {
                link(rest.remove(), each.storedAt());
            }
            linked.add(each);
        }
        while (!rest.isEmpty()) {
            link(rest.remove(), Long.MAX_VALUE);
        }
    }

    private boolean isBefore(LoggedEvent lost, Envelope event, long unrestored) {
        return event.seq() >= epoch || (event.seq() >= unrestored && lost.loggedAt() < event.loggedAt());
    }

    /** Links a message; its time never falls along the list. */
    private void link(LoggedEvent lost, long latest) {
        long earliest = linked.isEmpty() ? 0 : linked.get(linked.size() - 1).storedAt();
        long time = Math.min(Math.max(earliest, lost.loggedAt()), latest);
        linked.add(Envelope.stored(epoch, 1, time, lost));
    }

    /** Returns the events with consecutive Seqs, the last one directly below {@code next}. */
    List<Envelope> below(long next) {
        List<Envelope> numbered = new ArrayList<>(linked.size());
        long seq = next - linked.size();
        for (Envelope each : linked) {
            numbered.add(each.seq() == seq ? each : Envelope.stored(epoch, seq, each.storedAt(), each.event()));
            seq++;
        }
        return numbered;
    }
}
