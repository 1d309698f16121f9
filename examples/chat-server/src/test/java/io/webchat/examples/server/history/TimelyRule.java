package io.webchat.examples.server.history;

import java.util.Collection;
import java.util.stream.Stream;

/**
 * G5: a publish may be lost, and then the message comes later, with the next heartbeat for instance; but once nothing
 * is broken any more it does not take longer than that.
 */
final class TimelyRule implements Rule {
    private static final long PATIENCE_MICROS = 30_000_000;

    @Override
    public Stream<Violation> violations(History history) {
        long whole = history.of(Kind.BROKEN, Kind.MENDED, Kind.LOST_DATA)
                .mapToLong(Entry::at)
                .max()
                .orElse(0);
        return history.byMessage(Kind.RECEIVED).values().stream()
                .map(received ->
                        History.groupedBy(received.stream(), Entry::client).values())
                .flatMap(Collection::stream)
                .map(received -> received.get(0))
                .filter(first -> first.at() > dueFrom(history, first, whole) + PATIENCE_MICROS)
                .map(late ->
                        new Violation("G5", late.id() + " came late to " + late.client(), history.about(late.id())));
    }

    private static long dueFrom(History history, Entry received, long whole) {
        long acked = history.about(received.id(), Kind.ACKED)
                .mapToLong(Entry::at)
                .min()
                .orElse(Long.MAX_VALUE - PATIENCE_MICROS);
        return Math.max(acked, whole);
    }
}
