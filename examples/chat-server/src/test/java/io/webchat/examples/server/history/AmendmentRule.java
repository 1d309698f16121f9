package io.webchat.examples.server.history;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * G17: at the end each device shows a message as the call log does. No device gets a change before its message, and a
 * device that connects after a deletion was acknowledged gets no content of the message.
 */
final class AmendmentRule implements Rule {
    static final String DELETE = "delete";
    private static final String EDIT = "edit ";

    @Override
    public Stream<Violation> violations(History history) {
        return Stream.of(apart(history), early(history), leaks(history)).flatMap(each -> each);
    }

    private static Stream<Violation> apart(History history) {
        return history.of(Kind.STATE)
                .filter(each -> each.client().contains("/"))
                .filter(each -> logged(history, each)
                        .filter(state -> !state.equals(each.detail()))
                        .isPresent())
                .map(each -> violation(each.client() + " shows another state of " + each.id(), history, each));
    }

    private static Optional<String> logged(History history, Entry shown) {
        return history.about(shown.id(), Kind.STATE)
                .filter(each -> each.client().equals(shown.user()))
                .map(Entry::detail)
                .findFirst();
    }

    private static Stream<Violation> early(History history) {
        return history.of(Kind.CHANGED)
                .filter(each -> !each.detail().equals(DELETE) && !history.toldOfAGap(each.client()))
                .filter(each -> history.about(each.id(), Kind.RECEIVED)
                        .noneMatch(received -> received.client().equals(each.client()) && received.at() < each.at()))
                .map(each -> violation(each.client() + " got a change before " + each.id(), history, each));
    }

    private static Stream<Violation> leaks(History history) {
        return history.of(Kind.RECEIVED, Kind.CHANGED)
                .filter(AmendmentRule::hasContent)
                .filter(each -> deletedBefore(history, each.id(), connectedAt(history, each)))
                .map(each -> violation(each.client() + " got deleted content of " + each.id(), history, each));
    }

    private static boolean hasContent(Entry entry) {
        return entry.is(Kind.RECEIVED)
                ? !entry.detail().isEmpty()
                : entry.detail().startsWith(EDIT);
    }

    private static boolean deletedBefore(History history, String id, long time) {
        return history.about(id, Kind.AMENDED).anyMatch(each -> each.detail().equals(DELETE) && each.at() < time);
    }

    /** The time at which the connection stood over which this came. */
    private static long connectedAt(History history, Entry entry) {
        List<Entry> connections = history.byClient(Kind.CONNECTED).getOrDefault(entry.client(), List.of());
        return connections.stream()
                .mapToLong(Entry::at)
                .filter(at -> at < entry.at())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Whether a message may come with this content, because it was edited or deleted before. */
    static boolean explains(Entry amending, Entry received) {
        return amending.at() < received.at()
                && (received.detail().isEmpty()
                        ? amending.detail().equals(DELETE)
                        : amending.detail().equals(EDIT + received.detail()));
    }

    private static Violation violation(String what, History history, Entry entry) {
        return new Violation("G17", what, history.about(entry.id()));
    }
}
