package io.webchat.examples.server.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * G4, G6: what a device did not confirm comes again until it does. Where Redis lost its data and another device of the
 * user has the message, being told of a gap is enough.
 */
final class AgainRule implements Rule {
    @Override
    public Stream<Violation> violations(History history) {
        return history.byMessage(Kind.RECEIVED, Kind.CONFIRMED).values().stream()
                .flatMap(entries -> History.groupedBy(entries.stream(), Entry::client).values().stream())
                .filter(entries -> entries.stream().noneMatch(each -> each.is(Kind.CONFIRMED)))
                .map(entries -> entries.get(entries.size() - 1))
                .filter(last -> !excused(history, last))
                .map(last -> new Violation(
                        "G6",
                        last.client() + " did not confirm " + last.id() + ", and it never came again",
                        history.about(last.id())));
    }

    private static boolean excused(History history, Entry last) {
        List<Entry> others = history.about(last.id(), Kind.RECEIVED)
                .filter(each ->
                        each.user().equals(last.user()) && !each.client().equals(last.client()))
                .toList();
        return !others.isEmpty()
                && history.toldOfAGap(last.client())
                && history.lostDataBetween(last.at(), Long.MAX_VALUE);
    }
}
