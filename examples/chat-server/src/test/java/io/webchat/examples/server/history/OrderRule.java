package io.webchat.examples.server.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * G3, G8: on one connection {@code Seq} only grows; whatever is new to a device has a higher one than all that was new
 * before, also after Redis lost its data; and what one sender sent first came first. Two things change that order: a
 * message that was under way in such a loss is new to Redis when it is sent again; and one that fails is behind those
 * which its sender sent without waiting.
 */
final class OrderRule implements Rule {
    @Override
    public Stream<Violation> violations(History history) {
        Map<String, Integer> numbers = numbers(history);
        return history
                .byClient(Kind.CONNECTED, Kind.RECEIVED, Kind.DELIVERED, Kind.DISPLAYED, Kind.GAP)
                .values()
                .stream()
                .flatMap(entries -> new Walk(history, numbers).along(entries));
    }

    /** Messages by the order in which they were first sent. */
    private static Map<String, Integer> numbers(History history) {
        Map<String, Integer> numbers = new HashMap<>();
        history.of(Kind.SENT).forEach(each -> numbers.putIfAbsent(each.id(), numbers.size()));
        return numbers;
    }

    /** What one device got, from the first to the last. */
    private static final class Walk {
        private final History history;
        private final Map<String, Integer> numbers;
        private final List<Violation> found = new ArrayList<>();
        private final Set<String> known = new HashSet<>();
        private final Map<String, Entry> newestOf = new HashMap<>();
        private Entry last = new Entry(0, "", Kind.CONNECTED, "", "", 0, 0, "");
        private Entry newest = last;

        Walk(History history, Map<String, Integer> numbers) {
            this.history = history;
            this.numbers = numbers;
        }

        Stream<Violation> along(List<Entry> entries) {
            entries.forEach(this::next);
            return found.stream();
        }

        private void next(Entry entry) {
            if (entry.is(Kind.CONNECTED)) {
                last = entry;
            } else if (entry.seq() > 0) {
                if (entry.seq() <= last.seq()) {
                    violation("G3", "Seq did not grow on a connection of " + entry.client(), last, entry);
                }
                last = entry;
                if (entry.is(Kind.RECEIVED) && known.add(entry.id())) {
                    isNew(entry);
                }
            }
        }

        private void isNew(Entry entry) {
            if (entry.seq() <= newest.seq()) {
                String promise = history.lostDataBetween(newest.at(), entry.at()) ? "G8" : "G3";
                violation(promise, "Seq went back for " + entry.client(), newest, entry);
            } else {
                newest = entry;
            }
            Entry before = newestOf.get(entry.peer());
            if (before == null || number(before) <= number(entry)) {
                newestOf.put(entry.peer(), entry);
            } else if (!history.acceptedAnew(entry.id()) && !history.overtaken(entry.id(), before.id())) {
                newestOf.put(entry.peer(), entry);
                violation(
                        "G3", entry.client() + " got messages of " + entry.peer() + " in another order", before, entry);
            }
        }

        private int number(Entry entry) {
            return numbers.getOrDefault(entry.id(), -1);
        }

        private void violation(String promise, String what, Entry one, Entry other) {
            List<Entry> evidence = Stream.of(one, other)
                    .flatMap(each -> Stream.concat(Stream.of(each), history.about(each.id()).stream()))
                    .distinct()
                    .sorted((a, b) -> Long.compare(a.at(), b.at()))
                    .toList();
            found.add(new Violation(promise, what, evidence));
        }
    }
}
