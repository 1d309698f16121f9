package io.webchat.examples.server.history;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * G8: no loss is silent. After Redis lost its data, a device that has confirmed something before gets a gap, and gets
 * it before the first event of the new queue.
 */
final class GapRule implements Rule {
    /**
     * A queue begins with the time as its first Seq, and what is restored has the Seqs below. So many microseconds
     * before the loss began neither this queue nor the one before it.
     */
    private static final long MARGIN = 20_000;

    @Override
    public Stream<Violation> violations(History history) {
        return history.of(Kind.LOST_DATA)
                .flatMap(loss -> history.byClient(Kind.values()).values().stream()
                        .filter(entries -> hasConfirmedBefore(loss, entries))
                        .flatMap(entries -> silent(loss, entries)));
    }

    private static boolean hasConfirmedBefore(Entry loss, List<Entry> entries) {
        return entries.stream().anyMatch(each -> each.is(Kind.CONFIRMED) && each.at() < loss.storedAt());
    }

    private static Stream<Violation> silent(Entry loss, List<Entry> entries) {
        Optional<Entry> first = entries.stream()
                .filter(each -> each.is(Kind.RECEIVED, Kind.CHANGED))
                .filter(each -> each.at() > loss.storedAt() && each.seq() > loss.storedAt() - MARGIN)
                .findFirst();
        boolean told = entries.stream()
                .anyMatch(each -> each.is(Kind.GAP)
                        && each.at() > loss.storedAt()
                        && first.map(event -> each.at() < event.at()).orElse(true));
        return first.filter(event -> !told).stream()
                .map(event -> new Violation(
                        "G8",
                        event.client() + " was not told of the loss before it got an event of the new queue",
                        List.of(loss, event)));
    }
}
