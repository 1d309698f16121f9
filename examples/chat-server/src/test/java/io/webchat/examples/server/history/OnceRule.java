package io.webchat.examples.server.history;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * G2, G4: a resend makes no second message, and what comes again is what came before. Where Redis lost its data
 * meanwhile, only the second holds. Where a queue began an epoch, what comes again has another place.
 */
final class OnceRule implements Rule {
    @Override
    public Stream<Violation> violations(History history) {
        return Stream.of(answers(history), places(history), log(history), contents(history))
                .flatMap(each -> each);
    }

    private static Stream<Violation> answers(History history) {
        return history.byMessage(Kind.ACKED).entrySet().stream()
                .filter(each -> each.getValue().stream()
                                .mapToLong(Entry::storedAt)
                                .distinct()
                                .count()
                        > 1)
                .filter(each -> !history.lostDataBetween(history.about(each.getKey())))
                .map(each -> violation("G2", each.getKey() + " was acknowledged as two messages", history, each));
    }

    private static Stream<Violation> places(History history) {
        return history.byMessage(Kind.RECEIVED).entrySet().stream()
                .filter(each -> history.byClientAndEpoch(each.getValue()).anyMatch(OnceRule::atTwoPlaces))
                .filter(each -> !history.lostDataBetween(history.about(each.getKey())))
                .map(each -> violation("G2", each.getKey() + " came at two places of a queue", history, each));
    }

    private static boolean atTwoPlaces(List<Entry> received) {
        return received.stream().mapToLong(Entry::seq).distinct().count() > 1;
    }

    private static Stream<Violation> log(History history) {
        return history.byMessage(Kind.LOGGED).entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .filter(each -> !history.lostDataBetween(history.about(each.getKey())))
                .map(each -> violation("G2", each.getKey() + " is in the call log twice", history, each));
    }

    private static Stream<Violation> contents(History history) {
        return history.byMessage(Kind.RECEIVED).entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(received -> !wasSent(history, received)))
                .map(each -> violation("G4", each.getKey() + " is not what was sent under that id", history, each));
    }

    private static boolean wasSent(History history, Entry received) {
        boolean changed =
                history.about(received.id(), Kind.AMENDING).anyMatch(each -> AmendmentRule.explains(each, received));
        return changed
                || history.about(received.id(), Kind.SENT)
                        .anyMatch(sent -> sent.at() < received.at()
                                && sent.user().equals(received.peer())
                                && sent.peer().equals(received.user())
                                && sent.detail().equals(received.detail()));
    }

    private static Violation violation(
            String promise, String what, History history, Map.Entry<String, List<Entry>> message) {
        return new Violation(promise, what, history.about(message.getKey()));
    }
}
