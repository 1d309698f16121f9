package io.webchat.examples.server.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * G9: whatever is broken, a send is answered in time, and a refusal is one that a resend cures, as it did in the end.
 * Only a node that is stopped answers nothing.
 */
final class RefusalRule implements Rule {
    /** How a node that answers nothing is broken. */
    static final String STOPPED = "stopped";

    private static final Set<String> CURABLE = Set.of("unavailable", "queue_full", "rate_limited");

    @Override
    public Stream<Violation> violations(History history) {
        return Stream.of(codes(history), unanswered(history), neverAccepted(history))
                .flatMap(each -> each);
    }

    private static Stream<Violation> codes(History history) {
        return history.of(Kind.REFUSED)
                .filter(each -> !CURABLE.contains(each.detail()))
                .map(each -> violation(each.id() + " was refused with " + each.detail(), history, each));
    }

    private static Stream<Violation> neverAccepted(History history) {
        return history.byMessage(Kind.SENT, Kind.ACKED, Kind.OUTDONE).values().stream()
                .filter(entries -> entries.stream().noneMatch(each -> each.is(Kind.ACKED, Kind.OUTDONE)))
                .map(entries -> entries.get(0))
                .map(each -> violation(each.id() + " was never acknowledged", history, each));
    }

    private static Stream<Violation> unanswered(History history) {
        Map<String, List<Long>> stops = new HashMap<>();
        history.of(Kind.BROKEN, Kind.MENDED)
                .filter(each -> each.detail().equals(STOPPED))
                .forEach(each -> stops.computeIfAbsent(each.client(), node -> new ArrayList<>())
                        .add(each.at()));
        return history.of(Kind.UNANSWERED)
                .filter(each -> !wasStopped(history, stops.getOrDefault(each.detail(), List.of()), each))
                .map(each -> violation(each.detail() + " did not answer " + each.client(), history, each));
    }

    /** The times at which a node was stopped and went on, in turn. */
    private static boolean wasStopped(History history, List<Long> times, Entry unanswered) {
        long asked = history.about(unanswered.id(), Kind.SENT)
                .mapToLong(Entry::at)
                .filter(at -> at < unanswered.at())
                .max()
                .orElse(unanswered.at());
        for (int i = 0; i < times.size(); i += 2) {
            long end = i + 1 < times.size() ? times.get(i + 1) : Long.MAX_VALUE;
            if (times.get(i) < unanswered.at() && asked < end) {
                return true;
            }
        }
        return false;
    }

    private static Violation violation(String what, History history, Entry about) {
        return new Violation("G9", what, history.about(about.id()));
    }
}
