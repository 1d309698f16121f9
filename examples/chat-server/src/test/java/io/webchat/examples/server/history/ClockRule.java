package io.webchat.examples.server.history;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * G15: nodes' clocks count for nothing. {@code StoredAt} is between the first send and the answer by the clock of this
 * machine, which is Redis's; the log is in its order, and has the time that was acknowledged.
 */
final class ClockRule implements Rule {
    /** Times of a queue grow by a millisecond at least, and so run ahead in a burst. */
    private static final long MARGIN_MILLIS = 2_000;

    @Override
    public Stream<Violation> violations(History history) {
        return Stream.of(foreignTimes(history), logOrder(history), otherTimes(history))
                .flatMap(each -> each);
    }

    private static Stream<Violation> foreignTimes(History history) {
        return history.of(Kind.ACKED)
                .filter(ack -> {
                    long sent = history.about(ack.id(), Kind.SENT)
                            .mapToLong(Entry::at)
                            .min()
                            .orElse(ack.at());
                    return ack.storedAt() < sent / 1000 - MARGIN_MILLIS
                            || ack.storedAt() > ack.at() / 1000 + MARGIN_MILLIS;
                })
                .map(each ->
                        new Violation("G15", each.id() + " was not stored when it was sent", history.about(each.id())));
    }

    private static Stream<Violation> logOrder(History history) {
        return history
                .of(Kind.LOGGED)
                .collect(Collectors.groupingBy(each -> each.client() + " " + each.peer()))
                .values()
                .stream()
                .flatMap(ClockRule::disorder);
    }

    private static Stream<Violation> disorder(List<Entry> logged) {
        return Stream.iterate(1, i -> i < logged.size(), i -> i + 1)
                .filter(i -> logged.get(i).storedAt() < logged.get(i - 1).storedAt())
                .map(i -> new Violation(
                        "G15", "the call log is not in the order of its times", logged.subList(i - 1, i + 1)));
    }

    private static Stream<Violation> otherTimes(History history) {
        return history.of(Kind.LOGGED)
                .filter(logged ->
                        history.about(logged.id(), Kind.ACKED).findAny().isPresent())
                .filter(logged ->
                        history.about(logged.id(), Kind.ACKED).noneMatch(ack -> ack.storedAt() == logged.storedAt()))
                .filter(logged -> !history.lostDataBetween(history.about(logged.id())))
                .map(each -> new Violation(
                        "G15", each.id() + " has another time in the call log", history.about(each.id())));
    }
}
